import { useEffect, useState } from 'preact/hooks';

const query = '(min-width: 700px)';

/** Whether a board of columns has room here. */
export function useRoomy(): boolean {
  const [roomy, setRoomy] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const look = () => setRoomy(media.matches);
    media.addEventListener('change', look);
    return () => media.removeEventListener('change', look);
  }, []);
  return roomy;
}
