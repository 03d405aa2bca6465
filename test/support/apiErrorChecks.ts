// What every error of the client must be like, whatever the service has said.
import { expect } from "chai";
import { SeatsApiError } from "../../provider/src/api/errors";
import { skippingWaits } from "./clock";
import { keyForms } from "./keyForms";

interface Keys {
  readonly apiKey: string;
  readonly appKey: string;
}

export interface Ending<T> {
  readonly value?: T;
  readonly error?: SeatsApiError;
  /** How long it waited, in milliseconds. */
  readonly waitedMs: number;
}

/** How a call ends; its waits are jumped over. An error must be a clear one. */
export async function ending<T>(keys: Keys, call: () => Promise<T>): Promise<Ending<T>> {
  let end: { value?: T; error?: SeatsApiError } = {};
  const waitedMs = await skippingWaits(async () => {
    end = await call().then(
      (value) => ({ value }),
      (error) => ({ error }),
    );
  });
  if (end.error) expectClear(end.error, keys);
  return { ...end, waitedMs };
}

/** One complete line of ours, short, in words, and without a piece of a key. */
export function expectClear(error: Error, keys: Keys): void {
  expect(error, String(error.stack)).to.be.instanceOf(SeatsApiError);
  expect(error.stack).to.equal("");
  for (const text of [error.message, (error as SeatsApiError).summary]) {
    expect(text).to.match(/^Could not .*[.!?]$/);
    expect(text).to.not.match(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u);
    expect(text).to.not.match(/\[object|undefined|NaN|Infinity/);
    expect(text.length, "length").to.be.at.most(1000);
  }
  expectNoKey(JSON.stringify([error.message, error]), keys);
}

/** A piece of eight characters would be enough to be found in the open. */
const PIECE = 8;

export function expectNoKey(text: string, { apiKey, appKey }: Keys): void {
  const shown = text.toLowerCase();
  for (const form of [apiKey, appKey].flatMap(keyForms)) {
    for (let from = 0; from + PIECE <= form.length; from += 1) {
      const piece = form.slice(from, from + PIECE).toLowerCase();
      expect(shown.includes(piece), `a piece of a key: ${piece}`).to.equal(false);
    }
  }
}
