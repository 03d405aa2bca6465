// Pulumi's ResourceProvider service: hands what the engine asks over to the lifecycle, and back.
// Source: https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto
import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { nameInExplicitProvider, nameInProvider } from "../config/settings";
import { UNKNOWN } from "../lifecycle/inputs";
import { PartialChange } from "../lifecycle/rosterChange";
import type { Run } from "../lifecycle/run";
import { SeatsError } from "../model/errors";
import { unknownArguments } from "../model/suggest";
import { hasDefaultName, nameOfUrn, parseUrn } from "../model/urn";
import {
  argumentProblems,
  argumentWarning,
  readArguments,
  SECRET_ARGUMENTS,
} from "./configuration";
import { detailedDiff } from "./detailedDiff";
import { asStatus, InitFailed } from "./failure";
import { invoke } from "./functions";
import { decode, encode, pathOf, type Secrets } from "./properties";
import { differingFromId, Resources } from "./resources";
import { computedBy, inputsOf, schemaText, version } from "./schema";

/** @param run the one that the process serves */
export function providerService(run: Run): UntypedServiceImplementation {
  const resources = new Resources(run);
  /** The ids of the option `import` by URN: the engine reads such a resource before it checks what the program gives. */
  const imported = new Map<string, string>();
  let isConfigured = false;

  function subject(request: { getUrn(): string }) {
    const urn = request.getUrn();
    const type = parseUrn(urn)?.types.at(-1) ?? "";
    run.mapped.inStackOf(urn);
    return { urn, type, lifecycle: resources.of(type) };
  }

  return {
    handshake: unary(async () => new messages.ProviderHandshakeResponse().setAcceptSecrets(true)),
    getPluginInfo: unary(async () => new PluginInfo().setVersion(version)),
    getSchema: unary(async () => new messages.GetSchemaResponse().setSchema(schemaText())),

    checkConfig: unary(async (request: messages.CheckRequest) => {
      const { values, secrets } = decode(request.getNews());
      // Of a property that fails the engine prints the value, which may be a key: so the provider as a whole fails.
      const problems = argumentProblems(values, request.getUrn());
      const warning = argumentWarning(values, request.getUrn());
      if (warning) await run.logOnce(warning, "WARNING");
      return checked(values, problems.map(failure), secrets, SECRET_ARGUMENTS);
    }),

    /** Other keys or another site never replace a provider, because that would replace all its resources. */
    diffConfig: unary(async (request: messages.DiffRequest) => {
      const [olds, news] = [decode(request.getOlds()).values, decode(request.getNews()).values];
      return different(detailedDiff(olds, news, Object.keys({ ...olds, ...news }), []).size > 0);
    }),

    configure: unary(async (request: messages.ConfigureRequest) => {
      if (isConfigured) throw new SeatsError("This process serves a provider already.");
      isConfigured = true;
      const isDefault = hasDefaultName(request.getUrn() ?? "");
      const nameOf = isDefault ? nameInProvider : nameInExplicitProvider;
      run.configure(readArguments(decode(request.getArgs()).values), nameOf);
      return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),

    // The program may declare more once it has the result.
    invoke: unary((request: messages.InvokeRequest) =>
      run.ownership.activity.reading(() => invoke(run, request)),
    ),

    check: unary(async (request: messages.CheckRequest) => {
      const { urn, type, lifecycle } = subject(request);
      const [olds, news] = [decode(request.getOlds()), decode(request.getNews())];
      const known = inputsOf(type);
      const declared = Object.entries(news.values).filter(([name]) => known.includes(name));
      const inState = Object.keys(olds.values).length > 0;
      const { inputs, failures = [] } = await lifecycle.check(
        inState ? { ...olds.values, __urn: urn } : {},
        { ...Object.fromEntries(declared), __urn: urn },
      );
      const whose = `the ${type.split(":").at(-1)} "${nameOfUrn(urn)}"`;
      const problems = unknownArguments(whose, Object.keys(news.values), known);
      const id = imported.get(urn) ?? "";
      for (const name of differingFromId(id, inputs)) {
        const value = news.secrets.has(pathOf(name)) ? "another one" : inputs[name];
        problems.push(
          `The option \`import\` names ${id}, but \`${name}\` is ${value}: correct one of them. If this was not a preview, Pulumi has recorded ${id} in the state: first run \`pulumi state delete '${urn}'\`, or the next \`pulumi up\` unassigns it.`,
        );
      }
      if (problems.length > 0) run.ownership.failed();
      const wrong = failures.map(({ property, reason }) =>
        // Of a property that fails the engine prints the value.
        news.secrets.has(pathOf(property))
          ? failure(`${property}: ${reason}`)
          : failure(reason).setProperty(property),
      );
      return checked(inputs, [...problems.map(failure), ...wrong], news.secrets, olds.secrets);
    }),

    diff: unary(async (request: messages.DiffRequest) => {
      const { urn, type, lifecycle } = subject(request);
      const [olds, news] = [decode(request.getOlds()), decode(request.getNews())];
      const { changes = false, replaces = [] } = await lifecycle.diff(
        request.getId(),
        { ...olds.values, __urn: urn },
        { ...news.values, __urn: urn },
      );
      const response = different(changes).setReplacesList(replaces).setHasdetaileddiff(true);
      if (!changes) return response;
      const diffs = detailedDiff(olds.values, news.values, inputsOf(type), replaces);
      for (const [path, diff] of diffs) response.getDetaileddiffMap().set(path, diff);
      return response;
    }),

    create: unary(async (request: messages.CreateRequest) => {
      const { urn, type, lifecycle } = subject(request);
      const { values, secrets } = decode(request.getProperties());
      const inputs = { ...values, __urn: urn };
      const response = new messages.CreateResponse();
      if (request.getPreview()) {
        const computed = Object.fromEntries(computedBy(type).map((name) => [name, UNKNOWN]));
        const outs = await lifecycle.previewCreate(inputs);
        return response.setProperties(encode({ ...computed, ...outs }, secrets));
      }
      const { id, outs } = await recording(() => lifecycle.create(inputs), secrets);
      return response.setId(id).setProperties(encode(outs, secrets));
    }),

    read: unary(async (request: messages.ReadRequest) => {
      const { urn, lifecycle } = subject(request);
      const [state, before] = [decode(request.getProperties()), decode(request.getInputs())];
      const inState = Object.keys(state.values).length > 0;
      const found = await lifecycle.read(
        request.getId(),
        inState ? { ...state.values, __urn: urn } : {},
      );
      const response = new messages.ReadResponse().setId(found.id ?? "");
      if (!found.id) return response;
      if (!inState) imported.set(urn, found.id);
      return response
        .setProperties(encode(found.props, state.secrets, before.secrets))
        .setInputs(encode(found.inputs, state.secrets, before.secrets));
    }),

    update: unary(async (request: messages.UpdateRequest) => {
      const { urn, lifecycle } = subject(request);
      const [olds, news] = [decode(request.getOlds()), decode(request.getNews())];
      const before = { ...olds.values, __urn: urn };
      const after = { ...news.values, __urn: urn };
      const sources = [olds.secrets, news.secrets];
      const outs = request.getPreview()
        ? await lifecycle.previewUpdate(before, after)
        : (await recording(() => lifecycle.update(request.getId(), before, after), ...sources))
            .outs;
      return new messages.UpdateResponse().setProperties(encode(outs, ...sources));
    }),

    delete: unary(async (request: messages.DeleteRequest) => {
      const { urn, lifecycle } = subject(request);
      const { values } = decode(request.getProperties());
      await lifecycle.delete(request.getId(), { ...values, __urn: urn });
      return new Empty();
    }),

    cancel: unary(async () => {
      run.cancel();
      return new Empty();
    }),
  };
}

function unary<Request, Response>(
  work: (request: Request) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return async (call, done) => {
    try {
      done(null, await work(call.request));
    } catch (error) {
      done(asStatus(error));
    }
  };
}

/** Does a create or an update, and hands over what was done of one that failed in between. */
async function recording<T>(work: () => Promise<T>, ...sources: Secrets[]): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PartialChange)) throw error;
    throw new InitFailed(error, encode(error.properties, ...sources));
  }
}

const failure = (reason: string) => new messages.CheckFailure().setReason(reason);

const checked = (inputs: object, failures: messages.CheckFailure[], ...sources: Secrets[]) =>
  new messages.CheckResponse().setInputs(encode(inputs, ...sources)).setFailuresList(failures);

const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;

const different = (isDifferent: boolean) =>
  new messages.DiffResponse().setChanges(isDifferent ? DIFF_SOME : DIFF_NONE);
