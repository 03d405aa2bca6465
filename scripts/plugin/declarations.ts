// Reads what the package declares from its sources: the names, types and docstrings of interfaces, classes and functions.
import { readFileSync } from "node:fs";
import ts from "typescript";

/** A property of an interface, or one that a class declares because Pulumi defines it. */
export interface Property {
  readonly name: string;
  readonly type: ts.TypeNode;
  readonly isOptional: boolean;
  readonly description: string;
  /** The names of its block tags, such as `secret`. */
  readonly tags: readonly string[];
}

type Declaration =
  | ts.InterfaceDeclaration
  | ts.ClassDeclaration
  | ts.TypeAliasDeclaration
  | ts.FunctionDeclaration;

export class Declarations {
  private readonly byName = new Map<string, Declaration>();

  /** @param files no two of which declare the same name */
  constructor(files: readonly string[]) {
    for (const file of files) {
      const text = readFileSync(file, "utf8");
      const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
      for (const statement of statements.filter(isDeclaration)) {
        if (statement.name) this.byName.set(statement.name.text, statement);
      }
    }
  }

  /** @throws Error when no file declares the name */
  find(name: string): Declaration {
    const declaration = this.byName.get(name);
    if (declaration) return declaration;
    throw new Error(`No file of the schema's sources declares ${name}.`);
  }

  /** @throws Error when there is no docstring */
  description = (name: string): string => describe(this.find(name), name);

  /** The properties of an interface or a class, in the order of its source. */
  properties(name: string): Property[] {
    const declaration = this.find(name);
    const members = "members" in declaration ? [...declaration.members] : [];
    return members.filter(isProperty).map((member) => {
      const property = member.name.getText();
      if (!member.type) throw new Error(`${name}.${property} has no type.`);
      const { type, isOptional } = unwrapped(member.type);
      return {
        name: property,
        type,
        isOptional: isOptional || member.questionToken !== undefined,
        description: describe(member, `${name}.${property}`),
        tags: ts.getJSDocTags(member).map(({ tagName }) => tagName.text),
      };
    });
  }
}

const isDeclaration = (node: ts.Node): node is Declaration =>
  ts.isInterfaceDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isFunctionDeclaration(node);

function isProperty(node: ts.Node): node is ts.PropertySignature | ts.PropertyDeclaration {
  if (ts.isPropertySignature(node)) return true;
  const modifiers = ts.isPropertyDeclaration(node) ? node.modifiers : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

/** The docstring up to its first block tag, as plain text: what `@remarks` and `@example` say is TypeScript's alone. */
function describe(node: ts.Node, name: string): string {
  const [docstring] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(docstring?.comment)?.trim();
  if (!text) throw new Error(`${name} has no docstring.`);
  // A paragraph becomes one line.
  return text.replace(/\{@link ([^}]+)\}/g, "`$1`").replace(/([^\n])\n(?!\n)/g, "$1 ");
}

/** The `T` of `pulumi.Input<T>`, `pulumi.Output<T>`, `readonly T` and `T | undefined`, in each other too. */
export function unwrapped(type: ts.TypeNode): { type: ts.TypeNode; isOptional: boolean } {
  if (ts.isTypeOperatorNode(type)) return unwrapped(type.type);
  const constraint = constraintOf(type);
  if (constraint) return unwrapped(constraint);
  if (ts.isTypeReferenceNode(type) && /^pulumi\.(In|Out)put$/.test(type.typeName.getText())) {
    const [inner] = type.typeArguments ?? [];
    if (inner) return unwrapped(inner);
  }
  const types = ts.isUnionTypeNode(type) ? [...type.types] : [];
  const defined = types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
  const [only] = defined;
  if (defined.length !== 1 || !only) return { type, isOptional: false };
  return { type: unwrapped(only).type, isOptional: true };
}

/** The `T` of an interface's type parameter `P extends T`. */
function constraintOf(type: ts.TypeNode): ts.TypeNode | undefined {
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const owner = ts.findAncestor(type, ts.isInterfaceDeclaration);
  const name = type.typeName.getText();
  return owner?.typeParameters?.find((parameter) => parameter.name.text === name)?.constraint;
}
