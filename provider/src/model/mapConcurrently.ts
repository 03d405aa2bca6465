/**
 * Maps with at most so many calls in flight. Starts no more after a failure.
 *
 * @returns the results, in the order of the items
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  concurrency: number,
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
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}
