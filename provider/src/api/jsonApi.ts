// Follows what a response's entries refer to: `relationships` name entries, and `included` holds them.
// Source: https://jsonapi.org/format/#document-compound-documents
import { isUuid } from "../model/seat";
import { object, UnexpectedResponse } from "./responses";
import { sanitize } from "./sanitize";

/** What names an entry. */
export interface Reference {
  readonly type: string;
  readonly id: string;
}

/** A UUID that becomes part of a path. */
export function uuidOf(entry: unknown): string {
  const { type, id } = referenceOf(entry, "`data`");
  if (isUuid(id)) return id.toLowerCase();
  throw new UnexpectedResponse(`the \`id\` of one of the \`${sanitize(type)}\` is not a UUID.`);
}

/** What a relationship of an entry names; nothing for `null`. */
export function related(entry: unknown, name: string): readonly Reference[] {
  const { relationships } = object(entry, "an entry is not an object");
  const relationship = object(relationships, "an entry has no `relationships`")[name];
  const { data } = object(relationship, `an entry has no \`relationships.${name}\``);
  if (data === undefined) {
    throw new UnexpectedResponse(`an entry has no \`relationships.${name}.data\`.`);
  }
  return [data ?? []].flat().map((one) => referenceOf(one, `\`relationships.${name}\``));
}

/** As {@link related}, where the relationship may be absent. */
export function relatedIfAny(entry: unknown, name: string): readonly Reference[] {
  const { relationships } = object(entry, "an entry is not an object");
  const all = object(relationships ?? {}, "`relationships` is not an object");
  const { data } = object(all[name] ?? {}, `\`relationships.${name}\` is not an object`);
  // An empty id names nothing either: Datadog writes names that there are not as "".
  return data ? related(entry, name).filter(({ id }) => id !== "") : [];
}

/** What a response includes besides its `data`. */
export class Included {
  private readonly entries = new Map<string, Record<string, unknown>>();

  constructor(body: unknown) {
    const { included } = object(body, "not in JSON");
    if (!Array.isArray(included ?? [])) throw new UnexpectedResponse("`included` is not a list.");
    for (const entry of (included ?? []) as unknown[]) {
      const { type, id } = referenceOf(entry, "`included`");
      this.entries.set(`${type} ${id}`, entry as Record<string, unknown>);
    }
  }

  /** @throws UnexpectedResponse where the entry isn't there, because the response is not complete then */
  get({ type, id }: Reference): Record<string, unknown> {
    const entry = this.entries.get(`${type} ${id}`);
    if (entry) return entry;
    throw new UnexpectedResponse(`without one of the \`${sanitize(type)}\` that it refers to.`);
  }
}

function referenceOf(value: unknown, where: string): Reference {
  const { type, id } = object(value, `an entry of ${where} is not an object`);
  if (typeof type === "string" && typeof id === "string") return { type, id };
  throw new UnexpectedResponse(`an entry of ${where} has no \`type\` or no \`id\`.`);
}
