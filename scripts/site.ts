// `npm run docs`: the documents and the API reference as one static site, in docs/site or the folder that is given.
// A warning of TypeDoc's, such as of a link to a heading that is not there, fails it.
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import * as typedoc from "typedoc";
import { repository, root } from "./plugin/manifest";

/** The pages by file: docs/README.md, and those that its sections name, in their order. */
function readPages() {
  const index = join(root, "docs", "README.md");
  const [, ...sections] = readFileSync(index, "utf8").split(/^## /m);
  const pages = sections.flatMap((section) => {
    const [group = ""] = section.split("\n");
    const links = [...section.matchAll(/\[([^\]]+)\]\(([\w-]+\.md)\)/g)];
    return links.map(
      ([, title = "", file = ""]) => [join(root, "docs", file), { title, group }] as const,
    );
  });
  return new Map([[index, { title: "All pages", group: "Overview" }], ...pages]);
}

const pages = readPages();

/** Of the files that pages link to, images are copied; to all others the site links on GitHub. */
const isImage = (file: string) => /\.(png|svg)$/.test(file);

class SiteFiles extends typedoc.FileRegistry {
  override getMediaPaths() {
    return [...super.getMediaPaths()].filter(isImage);
  }
}

/** Pages have the names of their files, so that their addresses stay when titles change. */
class SiteRouter extends typedoc.KindRouter {
  protected override getIdealBaseName(reflection: typedoc.Reflection): string {
    const file = reflection.project.files.getReflectionPath(reflection) ?? "";
    return pages.has(file) ? basename(file, ".md") : super.getIdealBaseName(reflection);
  }
}

/** Gives the links of a page to files that are not on the site their addresses on GitHub. */
function linkToGitHub(
  project: typedoc.ProjectReflection,
  parts: readonly typedoc.CommentDisplayPart[] = [],
): typedoc.CommentDisplayPart[] {
  return parts.map((part) => {
    if (part.kind !== "relative-link" || part.target === undefined) return part;
    const file = project.files.resolve(part.target, project);
    if (typeof file !== "string") return part;
    if (!existsSync(file)) throw new Error(`a page links to ${part.text}, which is not there.`);
    if (isImage(file)) return part;
    const kind = statSync(file).isDirectory() ? "tree" : "blob";
    const url = `${repository.url}/${kind}/main/${relative(root, file)}`;
    return { kind: "text", text: part.targetAnchor ? `${url}#${part.targetAnchor}` : url };
  });
}

async function main(out = join(root, "docs", "site")): Promise<void> {
  const app = await typedoc.Application.bootstrapWithPlugins({
    projectDocuments: [...pages.keys()],
    groupOrder: [...new Set([...pages.values()].map(({ group }) => group))],
    navigationLinks: { GitHub: repository.url },
    router: "pages",
    out,
  });
  app.files = new SiteFiles();
  app.renderer.defineRouter("pages", SiteRouter);
  app.converter.on(
    typedoc.Converter.EVENT_CREATE_DOCUMENT,
    (_: undefined, document: typedoc.DocumentReflection) => {
      const file = document.project.files.getReflectionPath(document) ?? "";
      const { title, group } = pages.get(file) ?? {};
      document.name = title ?? document.name;
      document.frontmatter.group = group;
    },
  );
  app.converter.on(typedoc.Converter.EVENT_CREATE_DECLARATION, (_, module) => {
    if (module.kindOf(typedoc.ReflectionKind.Module)) module.name = "API";
  });
  app.converter.on(typedoc.Converter.EVENT_RESOLVE_END, ({ project }: typedoc.Context) => {
    project.readme = linkToGitHub(project, project.readme);
    for (const page of project.documents ?? []) page.content = linkToGitHub(project, page.content);
  });
  const project = await app.convert();
  if (!project) throw new Error("the sources have errors.");
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;
}

main(process.argv[2]).catch((error: Error) => {
  console.error(`The site was not built: ${error.message}`);
  process.exitCode = 1;
});
