// How the page of `report --html` looks: light and dark, on a wide screen, on a phone and on paper.

export const REPORT_PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --box: #ffffff; --line: #e2e5ea; --text: #1d2330; --muted: #586173;
  --owned: #4a63c8; --unowned: #e0a030; --badge: #fdf0d5; --badge-text: #744700;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14161b; --box: #1d2027; --line: #31363f; --text: #e7e9ed; --muted: #a0a8b6;
    --owned: #8598ee; --unowned: #dda647; --badge: #3d2f12; --badge-text: #f6cd85;
  }
}
* { box-sizing: border-box; }
body {
  max-width: 84rem; margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem) 4rem;
  background: var(--page); color: var(--text);
  font: 0.9375rem/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 1.75rem; font-weight: 650; letter-spacing: -0.015em; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.0625rem; font-weight: 650; }
h3 { margin: 0; font-size: 0.9375rem; font-weight: 600; }
p, dl { margin: 0; }
.muted, th { color: var(--muted); }
code { font: 0.8125rem/1.5 ui-monospace, monospace; }

.box { background: var(--box); border: 1px solid var(--line); border-radius: 0.625rem; }
.notice { margin-top: 1.5rem; padding: 1rem 1.25rem; background: var(--badge); color: var(--badge-text); border-radius: 0.625rem; }
.notice ul { margin: 0.5rem 0 0; padding-left: 1.25rem; }

.products { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 1rem; margin-top: 1.5rem; }
.product { padding: 1.125rem 1.25rem 1.25rem; }
.product > p { margin: 0.125rem 0 0.625rem; }
.product strong { margin-right: 0.375rem; font-size: 2rem; font-weight: 650; letter-spacing: -0.02em; }
.bar { display: block; width: 100%; height: 0.625rem; border-radius: 0.3125rem; background: var(--line); }
.owned { fill: var(--owned); }
.unowned { fill: var(--unowned); }
.key { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0.625rem 0 0; padding: 0; list-style: none; color: var(--muted); }
.key svg { width: 0.625rem; height: 0.625rem; margin-right: 0.4375rem; border-radius: 0.1875rem; }

table { width: 100%; border-collapse: collapse; }
th { font-size: 0.8125rem; font-weight: 500; text-align: left; }
.counts { overflow: auto; max-height: 90vh; }
.counts th, .counts td { padding: 0.5rem 1.25rem; vertical-align: top; }
.counts tr + tr, .counts tbody tr { border-top: 1px solid var(--line); }
.counts .number { width: 10rem; text-align: right; }
.counts .badge { margin-right: 0.5rem; }
.counts .muted, .counts code { font-size: 0.8125rem; }

.badge { display: inline-block; padding: 0 0.5rem; border-radius: 1rem; background: var(--badge); color: var(--badge-text); font-size: 0.8125rem; white-space: nowrap; }
button { padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: inherit; cursor: pointer; }
button[data-search], #more { text-decoration: underline; text-decoration-color: var(--muted); text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--owned); outline-offset: 2px; }

.search { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; margin-bottom: 0.75rem; }
.search input {
  flex: 0 1 24rem; min-width: 0; padding: 0.5rem 0.75rem;
  border: 1px solid var(--muted); border-radius: 0.5rem; background: var(--box); color: inherit; font: inherit;
}
.search input::placeholder { color: var(--muted); opacity: 1; }

/* Boxes of their own, not rows of a table: so the browser draws only those that are on the screen. */
#seats, #seats thead, #seats tbody { display: block; }
#seats tr {
  display: grid; gap: 0 1.25rem; padding: 0.625rem 1.25rem; border-top: 1px solid var(--line);
  grid-template-columns: 6.5rem minmax(0, 1.3fr) minmax(0, 0.8fr) minmax(0, 1.4fr) 5.5rem minmax(0, 1fr);
}
#seats tbody tr { content-visibility: auto; contain-intrinsic-size: auto 4.25rem; }
#more { margin: 1rem 1.25rem; }
#seats thead { position: sticky; top: 0; z-index: 1; background: var(--box); border-radius: 0.625rem; }
#seats thead tr { border: 0; }
#seats th, #seats td { padding: 0; }
#seats td > * { display: block; width: fit-content; max-width: 100%; }
#seats small, #seats code { font-size: 0.8125rem; color: var(--muted); }
#seats td .badge + .badge { margin-top: 0.25rem; }
th[aria-sort] button { color: var(--text); }
th[aria-sort="ascending"] button::after { content: " \\2191" / ""; }
th[aria-sort="descending"] button::after { content: " \\2193" / ""; }

@media (max-width: 56rem) {
  #seats tr { grid-template-columns: minmax(0, 1fr); }
  #seats thead { position: static; }
  #seats thead tr { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
  #seats td:empty { display: none; }
  .counts th, .counts td { padding: 0.5rem 0.75rem; }
  .counts .number { width: 5rem; }
}
@media (scripting: none) {
  .search { display: none; }
  button { pointer-events: none; }
  button[data-search], #more { text-decoration: none; }
}
@media print {
  .search, #more { display: none; }
  .counts { max-height: none; }
  #seats thead { position: static; }
  #seats tbody tr { content-visibility: visible; break-inside: avoid; }
}
`;
