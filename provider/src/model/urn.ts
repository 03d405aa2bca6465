// A resource's URN. Source: https://www.pulumi.com/docs/iac/concepts/resources/names/#urns

/** `urn:pulumi:stack::project::type::name`: a name may hold `::`. */
export const nameOfUrn = (urn: string) => urn.split("::").slice(3).join("::");

/** What stands before the name: the stack, the project, and the type with those of its parents. */
export const prefixOfUrn = (urn: string) => urn.split("::").slice(0, 3).join("::");

/**
 * Whether a provider has a name that the engine gives to those that it makes itself: `default`, and with a version or a
 * URL `default_…`.
 * Source: https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/providers/provider.go, `ProviderRequest`
 */
export const hasDefaultName = (urn: string) => /^default(_|$)/.test(nameOfUrn(urn));
