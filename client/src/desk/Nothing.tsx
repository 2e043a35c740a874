import { Card } from '../ui/Card';

/** A list with nothing in it says what would be there. */
export function Nothing({ title, text }: { title: string; text: string }) {
  return <Card title={title}><p class="quiet small">{text}</p></Card>;
}
