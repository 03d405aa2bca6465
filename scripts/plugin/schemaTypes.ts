// What TypeScript's types are in a Pulumi schema.
// Source: https://www.pulumi.com/docs/iac/build-with-pulumi/schema/
import ts from "typescript";
import { type Declarations, type Property, unwrapped } from "./declarations";

interface TypeSpec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
}

interface PropertySpec extends TypeSpec {
  readonly description: string;
  readonly secret?: true;
}

interface ObjectSpec {
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
}

interface NamedType extends Partial<ObjectSpec> {
  readonly description: string;
  readonly type: string;
  readonly enum?: readonly { readonly value: string }[];
}

export class SchemaTypes {
  /** The types that properties refer to, by token. */
  readonly named: Record<string, NamedType> = {};

  /** @param module of the tokens, such as `datadog-seats:index` */
  constructor(
    private readonly declarations: Declarations,
    private readonly module: string,
  ) {}

  object(name: string): ObjectSpec {
    const properties = this.declarations.properties(name);
    return {
      properties: Object.fromEntries(properties.map((one) => [one.name, this.property(one)])),
      required: properties.filter(({ isOptional }) => !isOptional).map((one) => one.name),
    };
  }

  private property({ type, description, tags }: Property): PropertySpec {
    return { ...this.type(type), description, ...(tags.includes("secret") && { secret: true }) };
  }

  private type(wrapped: ts.TypeNode): TypeSpec {
    const { type } = unwrapped(wrapped);
    if (type.kind === ts.SyntaxKind.StringKeyword) return { type: "string" };
    if (type.kind === ts.SyntaxKind.BooleanKeyword) return { type: "boolean" };
    // All numbers of this package are whole ones.
    if (type.kind === ts.SyntaxKind.NumberKeyword) return { type: "integer" };
    if (ts.isArrayTypeNode(type)) return { type: "array", items: this.type(type.elementType) };
    if (!ts.isTypeReferenceNode(type)) {
      throw new Error(`There is no type of a schema for ${type.getText()}.`);
    }
    const name = type.typeName.getText();
    const [, value] = type.typeArguments ?? [];
    if (name === "Record" && value) {
      return { type: "object", additionalProperties: this.type(value) };
    }
    return this.reference(name);
  }

  /** An interface, or an alias of a union: of strings only, or of strings and any other string. */
  private reference(name: string): TypeSpec {
    const declaration = this.declarations.find(name);
    const union = ts.isTypeAliasDeclaration(declaration) ? declaration.type : undefined;
    const values = union && literals(union);
    if (union && !values) return { type: "string" };
    const token = `${this.module}:${name}`;
    const description = this.declarations.description(name);
    this.named[token] ??= values
      ? { description, type: "string", enum: values.map((one) => ({ value: one })) }
      : { description, type: "object", ...this.object(name) };
    return { $ref: `#/types/${token}` };
  }
}

/** The strings of a union that has nothing else. */
function literals(type: ts.TypeNode): string[] | undefined {
  const types = ts.isUnionTypeNode(type) ? [...type.types] : [type];
  const values = types.map((one) =>
    ts.isLiteralTypeNode(one) && ts.isStringLiteral(one.literal) ? one.literal.text : undefined,
  );
  return values.every((value) => value !== undefined) ? values : undefined;
}
