/**
 * Does something with each item, so many at once. After a failure no other is begun.
 *
 * @returns what became of them, in the order of the items
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  // Whoever is free takes the next one. A failure leaves its loop, which closes the generator for all.
  const left = (function* () {
    yield* items.entries();
  })();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
