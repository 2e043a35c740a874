import { expect, test } from 'vitest';

import { mergedCars } from './touching';

const [golf, tiguan, polo] = ['Golf', 'Tiguan', 'Polo'].map((model) => ({ make: 'VW', model }));

test('I5: what others did to the list since it was seen stays, as the server does it', () => {
  expect(mergedCars([golf!], [golf!, tiguan!], [polo!, golf!, tiguan!])).toEqual([polo, golf]);
  expect(mergedCars([polo!], [], [golf!])).toEqual([golf, polo]);
});

test('with nobody else at it, or by an app that did not keep what was seen, the list is the new one', () => {
  expect(mergedCars([golf!, tiguan!], [golf!, tiguan!], [tiguan!])).toEqual([tiguan]);
  expect(mergedCars([golf!, tiguan!], undefined, [polo!])).toEqual([polo]);
});
