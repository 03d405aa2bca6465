// UUIDs of made-up users, by number.

export const user = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** The UUIDs of so many users, from the first or another on. */
export const users = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => user(from + index));
