// A car where there is no picture of it: the shape of its body, facing left.
export const bodies = ['sedan', 'suv', 'hatch'] as const;
export type Body = (typeof bodies)[number];

const shells: Record<Body, string> = {
  sedan: 'M8 40c-1-7 1-12 9-14l23-4C50 13 59 8 75 8h12c15 0 25 5 36 14l19 3c7 1 10 5 10 11v3a4 4 0 0 1-4 4h-8a13 13 0 0 0-26 0H55a13 13 0 0 0-26 0H12a4 4 0 0 1-4-3z',
  suv: 'M8 40c-1-8 1-14 9-16l20-4C46 9 54 4 68 4h48c10 0 16 4 21 15l11 4c4 2 5 6 5 11v5a4 4 0 0 1-4 4h-9a13 13 0 0 0-26 0H55a13 13 0 0 0-26 0H12a4 4 0 0 1-4-3z',
  hatch: 'M14 40c-1-7 1-12 9-14l20-4C52 12 61 7 76 7h26c14 0 24 6 32 17l8 3c5 2 6 6 6 10v2a4 4 0 0 1-4 4h-5a13 13 0 0 0-26 0H60a13 13 0 0 0-26 0H18a4 4 0 0 1-4-3z',
};
const glass: Record<Body, string> = {
  sedan: 'M50 22c7-6 14-9 25-9v9zM80 13h7c10 0 18 3 25 9H80z',
  suv: 'M47 20c6-8 12-11 22-11h6v11zM81 9h20v11H81zM107 9h9c7 0 11 3 14 11h-23z',
  hatch: 'M54 22c7-7 14-10 23-10v10zM83 12h19c9 0 16 4 21 10H83z',
};
const wheels: Record<Body, [number, number]> = { sedan: [42, 127], suv: [42, 127], hatch: [47, 126] };

/** Decoration: the car's name stands beside it. */
export function Silhouette({ body }: { body: Body }) {
  return (
    <svg class="silhouette" viewBox="0 0 160 56" aria-hidden="true">
      <path class="silhouette__shell" d={shells[body]} />
      <path class="silhouette__glass" d={glass[body]} />
      {wheels[body].map((x) => <circle key={x} class="silhouette__wheel" cx={x} cy="43" r="9" />)}
    </svg>
  );
}
