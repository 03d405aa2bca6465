// A resource's URN. Source: https://www.pulumi.com/docs/iac/concepts/resources/names/#urns

/** `urn:pulumi:stack::project::type::name`: a name may hold `::`. */
export const nameOfUrn = (urn: string) => urn.split("::").slice(3).join("::");

/** What stands before the name: the stack, the project, and the type with those of its parents. */
export const prefixOfUrn = (urn: string) => urn.split("::").slice(0, 3).join("::");
