// Pages with opaque cursors. A cursor holds characters that mean something in a URL, so that a client that doesn't
// encode them fails here instead of at Datadog.

interface Position {
  /** The last user of the page before. */
  readonly after: string;
  /** Counted from 1. */
  readonly page: number;
  /** How many users its pages hold. */
  readonly limit: number;
}

export function encodeCursor(position: Position): string {
  return `&page=${Buffer.from(JSON.stringify(position)).toString("base64")}+/%#?`;
}

/** `undefined` when the cursor is not one that `encodeCursor` made. */
export function decodeCursor(cursor: string): Position | undefined {
  const match = /^&page=(.*)\+\/%#\?$/.exec(cursor);
  if (!match?.[1]) return undefined;
  try {
    return JSON.parse(Buffer.from(match[1], "base64").toString()) as Position;
  } catch {
    return undefined;
  }
}
