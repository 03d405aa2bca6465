// What the native plugin's resources are called in a state.

/** The type of a resource of the native plugin. It never changes, because another type would be another resource. */
export const nativeType = <Name extends string>(name: Name) =>
  `datadog-seats:index:${name}` as const;
