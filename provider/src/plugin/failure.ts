// How a failure reaches the engine.
import { Metadata, type StatusObject, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PartialChange } from "../lifecycle/rosterChange";
import { SeatsError } from "../model/errors";

/** An error as gRPC takes it. Of one that is a bug, this process prints where it comes from. */
export function asStatus(error: unknown): Partial<StatusObject> {
  if (error instanceof InitFailed) return error.status;
  if (!(error instanceof SeatsError)) console.error(error);
  return { code: status.UNKNOWN, details: (error as Error).message };
}

/** A resource that was made in part: the engine records what was made, and treats it as not fully created. */
export class InitFailed extends Error {
  readonly status: Partial<StatusObject>;

  constructor({ id, message, reasons }: PartialChange, properties: Struct) {
    super(message);
    const failure = new ErrorResourceInitFailed();
    failure.setId(id);
    failure.setProperties(properties);
    failure.setReasonsList([...reasons]);
    const detail = new Any();
    detail.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const all = new Status();
    all.setCode(status.UNKNOWN);
    all.setMessage(message);
    all.addDetails(detail);
    const metadata = new Metadata();
    // The name by which gRPC passes structured details on.
    metadata.add("grpc-status-details-bin", Buffer.from(all.serializeBinary()));
    this.status = { code: status.UNKNOWN, details: message, metadata };
  }
}
