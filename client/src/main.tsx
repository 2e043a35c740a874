import { render } from 'preact';

render(<h1>Forecourt</h1>, document.getElementById('app')!);
