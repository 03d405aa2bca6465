// What gRPC carries of a resource: its properties, and those of one that was made in part.
import type { ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

export type Properties = Record<string, unknown>;

/** A resource that was made in part comes with what was made. */
export class PartialResource extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly outputs: Properties,
    readonly reasons: string[],
  ) {
    super(message);
  }
}

/** The resource that came with an error, if any. */
export function partial(error: ServiceError): PartialResource | undefined {
  const [details] = error.metadata.get("grpc-status-details-bin");
  if (!(details instanceof Buffer)) return undefined;
  const [any] = Status.deserializeBinary(details).getDetailsList();
  const failed = ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? details);
  const outputs = properties(failed.getProperties());
  return new PartialResource(error.details, failed.getId(), outputs, failed.getReasonsList());
}

/** Without the provider's code, which a dynamic resource has among them. */
export function properties(from: Struct | undefined): Properties {
  const { __provider, ...rest } = (from?.toJavaScript() ?? {}) as Properties;
  return rest;
}
