// What the page of `report --html` runs in the browser: search and sort. The page holds the text of this function, so it
// uses nothing from outside.

/** What is used of the browser's types. With all of them, the compiler would let Node's code use a `window` or a `name`. */
interface Element {
  hidden: boolean;
  textContent: string;
  value: string;
  readonly dataset: { readonly search?: string };
  readonly cells: Iterable<Element>;
  querySelector(selector: string): Element;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(...children: Element[]): void;
  replaceChildren(...children: Element[]): void;
  addEventListener(type: string, listener: () => void): void;
  focus(): void;
}

interface Page {
  readonly defaultView: Pick<Element, "addEventListener">;
  querySelector(selector: string): Element;
  querySelectorAll(selector: string): Iterable<Element>;
}

export function reportPageScript(page: Page): void {
  /** How many seats are added to the list at once: with all of 20,000, a browser would take seconds to sort them. */
  const STEP = 500;
  const search = page.querySelector("#search");
  const more = page.querySelector("#more");
  const body = page.querySelector("#seats tbody");
  const headings = [...page.querySelectorAll("#seats th")];

  // Without accents, so that "jose" finds José.
  const simple = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const seats = [...page.querySelectorAll("#seats tbody tr")].map((row) => {
    const cells = [...row.cells].map(({ textContent }) => textContent.trim());
    return { row, cells, text: simple(cells.join("\n")) };
  });
  let hidden: Element[] = [];

  function showMore(count: number): void {
    body.append(...hidden.slice(0, count));
    hidden = hidden.slice(count);
    more.hidden = hidden.length === 0;
  }

  /** Shows the seats that have every word, in the order of today. */
  function show(): void {
    const words = simple(search.value).split(/\s+/);
    const found = seats.filter(({ text }) => words.every((word) => text.includes(word)));
    const [some, all] = [found, seats].map(({ length }) => length.toLocaleString("en"));
    page.querySelector("#status").textContent =
      some === all ? `${all} seats` : `${some} of ${all} seats`;
    hidden = found.map(({ row }) => row);
    body.replaceChildren();
    showMore(STEP);
  }

  const { compare } = new Intl.Collator("en", { numeric: true });
  let sorted = { column: -1, direction: 1 };

  /** Sorts by a column, in the other direction when it is sorted by that already. What is empty comes last. */
  function sort(column: number): void {
    const direction = sorted.column === column ? -sorted.direction : 1;
    sorted = { column, direction };
    seats.sort((one, other) => {
      const [a = "", b = ""] = [one.cells[column], other.cells[column]];
      return a && b ? direction * compare(a, b) : Number(!a) - Number(!b);
    });
    for (const heading of headings) heading.removeAttribute("aria-sort");
    headings[column]?.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
    show();
  }

  for (const [column, heading] of headings.entries()) {
    heading.querySelector("button").addEventListener("click", () => sort(column));
  }
  for (const button of page.querySelectorAll("button[data-search]")) {
    button.addEventListener("click", () => {
      search.value = button.dataset.search ?? "";
      show();
      search.focus();
    });
  }
  search.addEventListener("input", show);
  more.addEventListener("click", () => showMore(STEP));
  page.defaultView.addEventListener("beforeprint", () => showMore(hidden.length));
  // A browser may have kept what was searched for.
  show();
}
