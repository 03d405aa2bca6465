// A resource's URN. Source: https://www.pulumi.com/docs/iac/concepts/resources/names/#urns

export interface Urn {
  readonly stack: string;
  readonly project: string;
  /** Those of its parents, and its own as the last. */
  readonly types: readonly string[];
  /** May hold `::`. */
  readonly name: string;
}

const SCHEME = "urn:pulumi:";

/** Takes `urn:pulumi:stack::project::parent's type$type::name` apart; `undefined` for another text. */
export function parseUrn(text: string): Urn | undefined {
  const [start = "", project = "", types = "", ...name] = text.split("::");
  if (!start.startsWith(SCHEME) || name.length === 0) return undefined;
  const stack = start.slice(SCHEME.length);
  return { stack, project, types: types.split("$"), name: name.join("::") };
}

export const formatUrn = ({ stack, project, types, name }: Urn) =>
  [SCHEME + stack, project, types.join("$"), name].join("::");

export const nameOfUrn = (urn: string) => parseUrn(urn)?.name ?? "";

/**
 * Whether a provider has a name that the engine gives to those that it makes itself: `default`, and with a version or a
 * URL `default_…`.
 * Source: https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/providers/provider.go, `ProviderRequest`
 */
export const hasDefaultName = (urn: string) => /^default(_|$)/.test(nameOfUrn(urn));
