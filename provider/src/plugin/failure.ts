// How a failure reaches the engine.
import { Metadata, type StatusObject, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PartialChange } from "../lifecycle/rosterChange";
import { SeatsError } from "../model/errors";

/** An error as gRPC takes it. One that is a bug is printed here, with its stack. */
export function asStatus(error: unknown): Partial<StatusObject> {
  if (error instanceof InitFailed) return error.status;
  if (!(error instanceof SeatsError)) console.error(error);
  return { code: status.UNKNOWN, details: (error as Error).message };
}

/** A change that was done in part: the engine records what was done, and treats the resource as not fully created. */
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
    // Where gRPC expects structured details.
    metadata.add("grpc-status-details-bin", Buffer.from(all.serializeBinary()));
    this.status = { code: status.UNKNOWN, details: message, metadata };
  }
}
