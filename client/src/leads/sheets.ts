// Which sheet of a lead is open; one at a time.
export type SheetName =
  | 'level' | 'cars' | 'outcome' | 'move' | 'plan' | 'log' | 'promise' | 'sold' | 'lost' | 'refuse' | 'notNow' | 'reassign' | 'more'
  | 'edit' | 'contact' | 'ownedCar' | 'consent';

/** `of` is the row that it is about, where there is one: a contact point. */
export interface Opened {
  name: SheetName;
  of?: string;
}

export type Open = (name: SheetName, of?: string) => void;
