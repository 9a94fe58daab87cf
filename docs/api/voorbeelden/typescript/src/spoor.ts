/**
 * Is het auditspoor nog het spoor dat u eerder zag? Het profiel bewaart het grootste controlepunt dat u zag. Een nieuw controlepunt
 * moet daarop voortbouwen. Dat blijkt uit de tegels (C2SP tlog-tiles), waaruit beide wortels moeten volgen.
 */
import { join } from "node:path";
import { controlepunt, knoop, type Controlepunt } from "./bewijs.js";
import { eis } from "./fout.js";
import { bewaar, bewaard } from "./profiel.js";
import type { Sluis } from "./sluis.js";

/** volg vergelijkt een gecontroleerd controlepunt met het bewaarde, en bewaart het grootste. */
export async function volg(sluis: Sluis, nieuw: Controlepunt): Promise<void> {
  const tekst = bewaard(sluis.profiel, "controlepunt");
  if (tekst !== undefined) {
    const oud = controlepunt(sluis.profiel, tekst);
    const [klein, groot] = nieuw.omvang <= oud.omvang ? [nieuw, oud] : [oud, nieuw];
    eis(await bouwtVoort(sluis, groot, klein),
      "het auditspoor is niet meer het spoor dat u eerder zag. Gebruik deze sluis niet verder; waarschuw de privacyfunctionaris");
    if (groot === oud) return;
  }
  bewaar(join(sluis.profiel.map, "controlepunt"), nieuw.tekst);
}

async function bouwtVoort(sluis: Sluis, groot: Controlepunt, klein: Controlepunt): Promise<boolean> {
  if (klein.omvang === 0) return true;
  if (klein.omvang === groot.omvang) return klein.wortel.equals(groot.wortel);
  const { oud, nieuw } = await new Boom(sluis, groot.omvang, klein.omvang).wortels(0, groot.omvang);
  return oud !== undefined && oud.equals(klein.wortel) && nieuw.equals(groot.wortel);
}

class Boom {
  private readonly tegels = new Map<string, Promise<Buffer>>();

  constructor(private readonly sluis: Sluis, private readonly omvang: number, private readonly klein: number) {}

  /**
   * wortels rekent over de bladeren [laag, hoog) twee hashes uit: in de oude boom en in de nieuwe. Wat helemaal in de oude boom zit,
   * telt in beide: zo bewijst de uitkomst dat de oude boom een begin is van de nieuwe.
   */
  async wortels(laag: number, hoog: number): Promise<{ oud: Buffer | undefined; nieuw: Buffer }> {
    const lengte = hoog - laag;
    const hoogte = Math.ceil(Math.log2(lengte));
    const heel = lengte === 2 ** hoogte;
    if (heel && (this.klein <= laag || this.klein >= hoog)) {
      const nieuw = await this.stuk(laag, hoogte);
      return { oud: this.klein >= hoog ? nieuw : undefined, nieuw };
    }
    const midden = laag + 2 ** (hoogte - 1);
    const links = await this.wortels(laag, midden);
    const rechts = await this.wortels(midden, hoog);
    const oud = links.oud && rechts.oud ? knoop(links.oud, rechts.oud) : links.oud;
    return { oud, nieuw: knoop(links.nieuw, rechts.nieuw) };
  }

  /** stuk geeft de hash van een volledig stuk van 2^hoogte bladeren. */
  private async stuk(laag: number, hoogte: number): Promise<Buffer> {
    const niveau = Math.floor(hoogte / 8);
    const eerste = laag / 256 ** niveau;
    let hashes: Buffer[] = [];
    for (let i = 0; i < 2 ** (hoogte % 8); i++) hashes.push(await this.regel(niveau, eerste + i));
    while (hashes.length > 1) hashes = hashes.flatMap((h, i) => (i % 2 === 0 ? [knoop(h, hashes[i + 1]!)] : []));
    return hashes[0]!;
  }

  /** regel geeft één hash uit een tegel. Aan de rechterkant is een tegel maar voor een deel gevuld (`.p/<breedte>`). */
  private async regel(niveau: number, nummer: number): Promise<Buffer> {
    const tegel = Math.floor(nummer / 256);
    const breedte = Math.min(256, Math.floor(this.omvang / 256 ** niveau) - tegel * 256);
    const delen = [String(tegel % 1000).padStart(3, "0")];
    for (let n = Math.floor(tegel / 1000); n > 0; n = Math.floor(n / 1000)) delen.unshift(`x${String(n % 1000).padStart(3, "0")}`);
    const pad = `/log/tile/${niveau}/${delen.join("/")}${breedte < 256 ? `.p/${breedte}` : ""}`;
    if (!this.tegels.has(pad)) this.tegels.set(pad, this.sluis.bytes(pad, { accept: "application/octet-stream" }));
    const bytes = await this.tegels.get(pad)!;
    eis(bytes.length === breedte * 32, "een tegel van het auditspoor heeft niet de juiste lengte");
    return bytes.subarray((nummer % 256) * 32, (nummer % 256) * 32 + 32);
  }
}
