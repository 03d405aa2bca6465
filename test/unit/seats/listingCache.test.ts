import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import sinon from "sinon";
import { MAX_AGE_MS } from "../../../provider/src/api/clock";
import type { Page } from "../../../provider/src/api/responses";
import type { Connection } from "../../../provider/src/config/connection";
import { ConfigurationError } from "../../../provider/src/model/errors";
import { Listing } from "../../../provider/src/seats/listing";
import { ListingCache } from "../../../provider/src/seats/listingCache";
import { apiHarness } from "../../support/apiHarness";
import { stopClock } from "../../support/clock";
import { connectionTo } from "../../support/connection";
import { user, users } from "../../support/ids";
import { assertNoKeysIn } from "../../support/secrecy";
import { temporaryFolder } from "../../support/workFolder";

const VARIABLE = "DATADOG_SEATS_LISTING_CACHE";

describe("ListingCache", () => {
  const ctx = apiHarness();
  const parent = temporaryFolder();
  const folder = () => join(parent(), "cache");
  const gets = () => ctx.simulator.count("GET");
  let clock: sinon.SinonFakeTimers | undefined;

  beforeEach(() => {
    process.env[VARIABLE] = folder();
    for (const id of users(5)) ctx.simulator.org.claim("on_call", id);
  });
  afterEach(() => {
    delete process.env[VARIABLE];
    clock?.restore();
    sinon.restore();
  });

  /** As another run opens it. */
  const open = (changes: Partial<Connection> = {}, productCode = "on_call") =>
    ListingCache.open(connectionTo(ctx.simulator, changes), productCode) as ListingCache;
  /** The listing of a run of its own, in pages of two users. */
  const listing = () => new Listing(ctx.api({ pageSize: 2 }), "on_call", open());
  const loaded = () =>
    open()
      .load()
      ?.users.map(({ userId }) => userId);
  const listingFiles = () => readdirSync(folder()).filter((file) => file.endsWith(".json"));
  const listingFile = () => join(folder(), listingFiles()[0] ?? "");

  it("keeps a whole listing for a later run's reads, though the user is on the first page", async () => {
    await listing().findForRead(user(1));
    expect(gets()).to.equal(3);
    const { userId, ...details } = (await listing().findForRead(user(5))) as { userId: string };
    expect(userId).to.equal(user(5));
    expect(details).to.have.all.keys("email", "name", "assignedAt");
    expect(await listing().allForRead(users(5))).to.have.lengthOf(5);
    expect(gets()).to.equal(3);
  });

  it("confirms by a listing of this run that a seat is gone, and that one it doesn't show is held", async () => {
    await listing().findForRead(user(1));
    ctx.simulator.org.claim("on_call", user(6));
    const later = listing();
    expect(await later.findForRead(user(6))).to.have.property("email");
    expect(await later.findForRead(user(7))).to.equal("not held");
    expect(gets()).to.equal(6);
  });

  it("doesn't confirm what this run has listed by what this run has cached", async () => {
    const first = listing();
    expect(await first.findForRead(user(7))).to.equal("not held");
    expect(gets()).to.equal(6);
  });

  it("serves reads only", async () => {
    await listing().findForRead(user(1));
    const later = listing();
    await later.find(user(1));
    await later.all();
    await later.relist();
    expect(gets()).to.equal(9);
  });

  it("serves for five minutes, counted from the first page, whichever run asks", async () => {
    clock = stopClock();
    await listing().findForRead(user(1));
    clock.tick(MAX_AGE_MS);
    const later = listing();
    expect(await later.findForRead(user(5))).to.have.property("email");
    expect(gets()).to.equal(3);
    clock.tick(1);
    expect(loaded()).to.equal(undefined);
    expect(await later.findForRead(user(5))).to.have.property("email");
    expect(gets()).to.equal(6);
    expect(loaded()).to.deep.equal(users(5));
  });

  it("holds nothing that began before the end of a write, whichever run stores it when", async () => {
    clock = stopClock();
    const last: Page = { users: [{ userId: user(1) }] };
    async function* pages() {
      yield { users: [], nextCursor: "next" };
      yield last;
    }
    const slow = open().storing(pages());
    await slow.next();
    clock.tick(1);
    open().invalidate();
    await slow.next();
    expect(listingFiles()).to.deep.equal([]);

    // As by a run that found no write just before it stored its listing.
    clock.tick(1);
    await listing().findForRead(user(1));
    const file = listingFile();
    const stored = readFileSync(file, "utf8");
    open().invalidate();
    expect(listingFiles()).to.deep.equal([]);
    writeFileSync(file, stored);
    expect(loaded()).to.equal(undefined);
    clock.tick(1);
    await listing().findForRead(user(1));
    expect(loaded()).to.deep.equal(users(5));
  });

  it("is emptied before a write is sent, and again when it has settled", async () => {
    clock = stopClock();
    await listing().findForRead(user(1));
    clock.tick(1);
    await listing().writing(async () => {
      expect(loaded()).to.equal(undefined);
      clock?.tick(1);
      await listing().findForRead(user(1));
      expect(loaded()).to.deep.equal(users(5));
      clock?.tick(1);
    });
    expect(loaded()).to.equal(undefined);
  });

  it("is for one product of one org, with the same credentials", async () => {
    await listing().findForRead(user(1));
    const others = [
      open({}, "incident_response"),
      open({ apiUrl: `${ctx.simulator.url}/other` }),
      open({ credentials: { ...ctx.simulator.keys, appKey: "another" } }),
      open({ credentials: { ...ctx.simulator.keys, apiKey: "another" } }),
      open({ credentials: { token: "another" } }),
    ];
    for (const other of others) expect(other.load()).to.equal(undefined);
  });

  const damage: [string, (file: string, text: string) => void][] = [
    ["half a file", (file, text) => writeFileSync(file, text.slice(0, text.length / 2))],
    ["an empty file", (file) => writeFileSync(file, "")],
    ["something else", (file) => writeFileSync(file, "[null]")],
    [
      "a holder without an id",
      (file) => writeFileSync(file, `{"beganAt":${Date.now()},"data":[{}]}`),
    ],
    [
      "a time to come",
      (file, text) => writeFileSync(file, text.replace(/\d{13}/, "9999999999999")),
    ],
    ["70 MB", (file, text) => writeFileSync(file, text + " ".repeat(70_000_000))],
  ];
  for (const [what, damaged] of damage) {
    it(`ignores and replaces ${what}`, async () => {
      await listing().findForRead(user(1));
      damaged(listingFile(), readFileSync(listingFile(), "utf8"));
      expect(await listing().findForRead(user(5))).to.have.property("email");
      expect(gets()).to.equal(6);
      expect(loaded()).to.deep.equal(users(5));
    });
  }

  it("is done without when the folder is gone, and none can be made in its place", async () => {
    const running = listing();
    rmSync(folder(), { recursive: true });
    writeFileSync(folder(), "");
    await running.writing(async () => {});
    expect(await running.findForRead(user(5))).to.have.property("email");
  });

  it("is no cache where the environment names none", () => {
    process.env[VARIABLE] = " ";
    expect(open()).to.equal(undefined);
  });

  // Windows tells neither owner nor mode.
  if (!process.getuid) return;

  it("can be entered and read by this user only, and shows neither keys nor the org's URL", async () => {
    await listing().findForRead(user(1));
    open({}, "incident_response").invalidate();
    expect(statSync(folder()).mode & 0o777).to.equal(0o700);
    const names = readdirSync(folder());
    expect(names).to.have.lengthOf(2);
    for (const name of names) {
      expect(name).to.match(/^[0-9a-f]{64}\.(json|written)$/);
      expect(statSync(join(folder(), name)).mode & 0o777).to.equal(0o600);
      expect(readFileSync(join(folder(), name), "utf8")).to.not.include(ctx.simulator.url);
    }
    assertNoKeysIn(folder(), ctx.simulator.keys);
  });

  const withMode = (mode: number) => (path: string) => {
    mkdirSync(path);
    chmodSync(path, mode);
  };
  const refused: [string, string, (folder: string) => void][] = [
    ["that others can list", "which other users can enter", withMode(0o755)],
    ["that a group can pass through", "which other users can enter", withMode(0o710)],
    ["that is a file", "which is not a folder", (path) => writeFileSync(path, "")],
    ["that is a link", "which is not a folder", (path) => symlinkSync(parent(), path)],
    [
      "of another user",
      "which belongs to another user",
      () => sinon.stub(process, "getuid").returns(4242),
    ],
  ];
  for (const [what, problem, make] of refused) {
    it(`refuses a folder ${what}`, () => {
      make(folder());
      const line = `${VARIABLE} is "${folder()}", ${problem}`;
      expect(() => open()).to.throw(ConfigurationError, line);
    });
  }
});
