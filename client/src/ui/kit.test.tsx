// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { go } from '../routes';
import { ChipGroup, Chips } from './ChipGroup';
import { ListRow, Rows } from './ListRow';
import { levels, Lozenge } from './Lozenge';
import { useCalm } from './News';
import { NumberPad } from './NumberPad';
import { enterPrivacy, isHidden, leavePrivacy, Veil } from './privacy';
import { SearchBox } from './SearchBox';
import { Sheet } from './Sheet';
import { showToast, ToastHost } from './Toast';

beforeEach(() => history.replaceState(null, '', '/'));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const soon = () => new Promise((done) => setTimeout(done, 30));

test('a level is read aloud as what it means', () => {
  render(<Lozenge level="H" />);
  expect(screen.getByRole('img', { name: 'Level H: Will order within 7 days' })).toBeTruthy();
  expect(new Set(levels).size).toBe(9);
});

test('one of several is one tab stop, and arrows choose', () => {
  const onChange = vi.fn();
  render(<ChipGroup label="Who" value="a" onChange={onChange} options={[{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }]} />);
  const [first, second] = screen.getAllByRole('radio') as [HTMLElement, HTMLElement];
  expect([first.tabIndex, second.tabIndex]).toEqual([0, -1]);
  first.focus();
  fireEvent.keyDown(first, { key: 'ArrowLeft' });
  expect(document.activeElement).toBe(second);
  expect(onChange).toHaveBeenCalledWith('b');
});

test('filters are ticked one by one', () => {
  const onChange = vi.fn();
  render(<Chips label="Filters" values={['a']} onChange={onChange} options={[{ value: 'a', label: 'A', count: 12 }, { value: 'b', label: 'B' }]} />);
  fireEvent.click(screen.getByRole('checkbox', { name: 'B' }));
  fireEvent.click(screen.getByRole('checkbox', { name: /A/ }));
  expect(onChange.mock.calls).toEqual([[['a', 'b']], [[]]]);
});

test('the number pad takes taps, keys and pastes, and keeps only what belongs to a number', () => {
  function Asked() {
    const [value, setValue] = useState('');
    return <NumberPad label="Phone" value={value} onChange={setValue} extra="+" maxlength={6} />;
  }
  render(<Asked />);
  const field = screen.getByRole('textbox', { name: 'Phone' }) as HTMLInputElement;
  for (const key of ['+', '8', '6']) fireEvent.click(screen.getByText(key));
  fireEvent.click(screen.getByRole('button', { name: 'Delete the last digit' }));
  expect(field.value).toBe('+8');
  fireEvent.input(field, { target: { value: '+１2-3 4+5.678' } });
  expect(field.value).toBe('+12345');
});

test('Back closes a sheet, and closing one leaves no entry behind', async () => {
  const onClose = vi.fn();
  const { rerender } = render(<Sheet open title="How did it go?" onClose={onClose}>…</Sheet>);
  await soon();
  expect(history.state).toMatchObject({ sheet: expect.any(Number) as number });
  const back = vi.spyOn(history, 'back').mockImplementation(() => undefined);
  rerender(<Sheet open={false} title="How did it go?" onClose={onClose}>…</Sheet>);
  await soon();
  expect(back).toHaveBeenCalledOnce();

  rerender(<Sheet open title="How did it go?" onClose={onClose}>…</Sheet>);
  await soon();
  history.replaceState(null, '');
  dispatchEvent(new PopStateEvent('popstate'));
  expect(onClose).toHaveBeenCalledOnce();
});

test('going on from within a sheet takes its place in the history', async () => {
  const back = vi.spyOn(history, 'back').mockImplementation(() => undefined);
  const { rerender } = render(<Sheet open title="More" onClose={() => undefined}>…</Sheet>);
  await soon();
  const entries = history.length;
  go('/settings');
  rerender(<Sheet open={false} title="More" onClose={() => undefined}>…</Sheet>);
  await soon();
  expect([location.pathname, history.length, back.mock.calls.length]).toEqual(['/settings', entries, 0]);
});

test('one sheet at a time: a second one closes the first', async () => {
  const closed = vi.fn();
  render(<><Sheet open title="One" onClose={closed}>…</Sheet><Sheet open title="Two" onClose={() => undefined}>…</Sheet></>);
  await soon();
  expect(closed).toHaveBeenCalledOnce();
});

test('undo is offered for six seconds, and done once', async () => {
  vi.useFakeTimers();
  const [undo, onGone] = [vi.fn(), vi.fn()];
  render(<ToastHost />);
  showToast({ text: 'Done', undo, onGone });
  await vi.advanceTimersByTimeAsync(5900);
  expect(screen.getByText('Done')).toBeTruthy();
  await vi.advanceTimersByTimeAsync(200);
  expect(screen.queryByText('Done')).toBeNull();
  expect(onGone).toHaveBeenCalledOnce();

  showToast({ text: 'Moved', undo });
  await vi.advanceTimersByTimeAsync(50);
  fireEvent.click(screen.getByText('Undo'));
  await vi.advanceTimersByTimeAsync(50);
  expect([undo.mock.calls.length, screen.queryByText('Moved')]).toEqual([1, null]);
});

test('a row opens, and its action is a button of its own', () => {
  const [onOpen, onCall] = [vi.fn(), vi.fn()];
  render(
    <Rows label="Overdue">
      <ListRow title="王小明" onOpen={onOpen} level="H" first={{ label: 'Call 王小明', short: 'Call', icon: 'call', onAction: onCall }} />
    </Rows>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Call 王小明' }));
  expect([onOpen.mock.calls.length, onCall.mock.calls.length]).toEqual([0, 1]);
  fireEvent.click(screen.getByRole('button', { name: '王小明' }));
  expect(onOpen).toHaveBeenCalledOnce();
  expect(screen.getByText('王小明').lang).toBe('zh-CN');
});

test('rows that arrive wait behind a pill; known ones change in place', () => {
  let calm!: ReturnType<typeof useCalm<string>>;
  function List({ items, view }: { items: string[]; view?: string }) {
    calm = useCalm(items, { keyOf: (item) => item[0]!, view });
    return null;
  }
  const { rerender } = render(<List items={['a1', 'b1']} />);
  rerender(<List items={['c1', 'b2', 'a1']} />);
  expect([calm.rows, calm.news]).toEqual([['a1', 'b2'], 1]);
  rerender(<List items={['c1', 'b2']} />);
  expect(calm.rows).toEqual(['b2']);
  calm.show();
  rerender(<List items={['c1', 'b2']} />);
  expect([calm.rows, calm.news]).toEqual([['c1', 'b2'], 0]);
  rerender(<List items={['d1']} view="search" />);
  expect(calm.rows).toEqual(['d1']);
});

test('a slash brings the focus to the search, but not while one types', async () => {
  render(<><SearchBox label="Search" value="" onInput={() => undefined} slash /><input aria-label="Name" /></>);
  const name = screen.getByRole('textbox', { name: 'Name' });
  name.focus();
  fireEvent.keyDown(name, { key: '/' });
  expect(document.activeElement).toBe(name);
  fireEvent.keyDown(document.body, { key: '/' });
  await soon();
  expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search' }));
});

test('while the customer looks, only their own is shown', () => {
  enterPrivacy('me');
  render(<p><Veil of="other">secret</Veil><Veil of="me">mine</Veil><Veil>note</Veil></p>);
  expect(document.body.textContent).not.toMatch(/secret|note/);
  expect(document.body.textContent).toMatch(/mine/);
  expect([isHidden('other'), isHidden('me'), isHidden(null)]).toEqual([true, false, true]);
  expect(localStorage.getItem('forecourt.privacy')).toBe('me');
  leavePrivacy();
  expect(isHidden('other')).toBe(false);
});
