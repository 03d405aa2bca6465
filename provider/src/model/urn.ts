// A resource's URN. Source: https://www.pulumi.com/docs/iac/concepts/resources/names/#urns

/** `urn:pulumi:stack::project::type::name`: a name may hold `::`. */
export const nameOfUrn = (urn: string) => urn.split("::").slice(3).join("::");
