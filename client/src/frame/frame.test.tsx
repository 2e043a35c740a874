// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen as page } from '@testing-library/preact';
import { Route, Switch } from 'wouter-preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setLanguage } from '../i18n';
import { go, paths } from '../routes';
import { isPrivate, leavePrivacy } from '../ui/privacy';
import { Frame, type FrameProps } from './Frame';
import { useScreen } from './screen';
import { TwoPane } from './TwoPane';

function Today() {
  useScreen({ title: 'Today' });
  return <p>plan</p>;
}

function Leads({ id }: { id?: string }) {
  useScreen({ title: id ? `Lead ${id}` : 'Leads', back: id ? paths.leads() : undefined });
  return <TwoPane listLabel="Leads" detailLabel="Lead" list={<p>list</p>} detail={id ? <p>{id}</p> : null} empty={<p>choose</p>} />;
}

function App(props: Partial<FrameProps>) {
  return (
    <Frame person={{ name: 'Lin Yue', role: 'Salesperson', showroom: 'Harbour' }} sync={{ online: true, waiting: 0, refused: 0 }}
      onSync={() => undefined} results={(query) => <p>found {query}</p>} onSearch={() => undefined}
      checkPin={async (pin) => pin === '1234'} onLock={() => undefined} onSignOut={() => undefined} {...props}>
      <Switch>
        <Route path="/">{() => <Today />}</Route>
        <Route path="/leads/:id?">{({ id }) => <Leads id={id} />}</Route>
      </Switch>
    </Frame>
  );
}

const soon = () => act(() => new Promise<void>((done) => setTimeout(done, 30)));

beforeEach(async () => {
  history.replaceState(null, '', '/');
  await setLanguage('en');
});
afterEach(() => {
  cleanup();
  leavePrivacy();
});

test('a new screen says its name: in the header, in the title of the document, and by the focus', async () => {
  render(<App />);
  await soon();
  fireEvent.click(page.getByRole('link', { name: 'Leads' }));
  await soon();
  expect(page.getByRole('heading', { level: 1 }).textContent).toBe('Leads');
  expect(document.title).toBe('Leads · Forecourt');
  expect(document.activeElement).toBe(page.getByRole('heading', { level: 1 }));
  expect(page.getByRole('link', { name: 'Leads' }).getAttribute('aria-current')).toBe('page');
});

test('the list stays while details change', async () => {
  render(<App />);
  act(() => go(paths.leads()));
  await soon();
  const list = page.getByText('list');
  act(() => go(paths.lead('7')));
  await soon();
  expect([page.getByText('list') === list, page.getByText('7').textContent]).toEqual([true, '7']);
  expect(page.getByRole('link', { name: 'Back' }).getAttribute('href')).toBe('/leads');
});

test('only managers see the desk', () => {
  const { rerender } = render(<App />);
  expect(page.queryByRole('link', { name: 'Desk' })).toBeNull();
  rerender(<App desk />);
  expect(page.getByRole('link', { name: 'Desk' })).toBeTruthy();
});

test('what is typed in the header is answered below it, and Enter asks for all', async () => {
  const onSearch = vi.fn();
  render(<App onSearch={onSearch} />);
  const field = page.getByRole('searchbox', { name: 'Search' });
  fireEvent.focus(field);
  fireEvent.input(field, { target: { value: 'wang' } });
  await soon();
  expect(page.getByText('found wang')).toBeTruthy();
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(onSearch).toHaveBeenCalledWith('wang');
});

test('one tap hides everybody else, and only the PIN brings them back', async () => {
  render(<App />);
  fireEvent.click(page.getByRole('button', { name: /while the customer looks/ }));
  await soon();
  expect([isPrivate(), page.queryByRole('link', { name: 'Leads' }), page.queryByRole('searchbox')]).toEqual([true, null, null]);

  fireEvent.click(page.getByRole('button', { name: /leave with your PIN/ }));
  await soon();
  const pin = document.querySelector<HTMLInputElement>('.pad__display')!;
  for (const [typed, hidden] of [['9999', true], ['1234', false]] as const) {
    fireEvent.input(pin, { target: { value: typed } });
    await soon();
    fireEvent.keyDown(pin, { key: 'Enter' });
    await soon();
    expect(isPrivate()).toBe(hidden);
  }
});

test('the dot says in words what waits, in the language of the person', async () => {
  render(<App sync={{ online: false, waiting: 3, refused: 0 }} />);
  expect(page.getByRole('button', { name: 'Offline. 3 entries wait on this device.' })).toBeTruthy();
  await act(() => setLanguage('zh-CN'));
  expect(page.getByRole('button', { name: '离线。本机有 3 条待上传。' })).toBeTruthy();
  expect(document.documentElement.lang).toBe('zh-CN');
});
