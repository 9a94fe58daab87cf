/** De kaarten van een partij: het adresboek en de sleutels. Sleutels komen hiervandaan en nergens anders. */
import { join } from "node:path";
import { calculateJwkThumbprint, importJWK, type CryptoKey, type JWK } from "jose";
import { vanPartij } from "./certificaten.js";
import { eis } from "./fout.js";
import { isObj, streng, type Obj, type Waarde } from "./json.js";
import { beweerd, inhoud, kop } from "./jws.js";
import { bewaar, bewaard, type Profiel } from "./profiel.js";
import type { Sluis } from "./sluis.js";

export interface Deelnemer {
  id: string;
  versie: number;
  functies: string[];
  age: string[];
  sleutel: CryptoKey;
  kid: string;
  geldig: Obj;
}

export function geldtOp(geldig: Waarde | undefined, opDag: string): boolean {
  return isObj(geldig) && typeof geldig.van === "string" && typeof geldig.tot === "string" && geldig.van <= opDag && opDag <= geldig.tot;
}

/** kaartenVan haalt de kaarten van een partij en controleert ze allemaal: één valse kaart bederft het antwoord. */
export async function kaartenVan(sluis: Sluis, convenant: Obj, oin: string, opDag: string): Promise<Deelnemer[]> {
  const p = sluis.profiel;
  const leden = Array.isArray(convenant.partijen) ? convenant.partijen.filter(isObj) : [];
  const lid = leden.find((l) => l.oin === oin);
  eis(geldtOp(convenant.geldig, opDag), "het convenant geldt niet op deze dag");
  eis(lid && /^\d{20}$/.test(oin), "deze organisatie doet niet mee aan dit convenant");
  const { kaarten } = await sluis.json(`/v1/kaarten/${oin}`);
  eis(Array.isArray(kaarten) && kaarten.every((k) => typeof k === "string"), "de sluis geeft geen kaarten");
  const typ = (jws: string): Waarde | undefined => (streng(Buffer.from(jws.split(".")[0]!, "base64url")) as Obj).typ;
  const partijkaarten = (kaarten as string[]).filter((k) => typ(k) === "partijkaart+jws");
  eis(partijkaarten.length === 1, `de sluis geeft geen, of meer dan één, kaart van organisatie ${oin}`);
  const van = await vanPartij(p, partijkaarten[0]!, "partijkaart+jws").catch(() => undefined);
  eis(van && van.oin === oin && van.inhoud.oin === oin, `de kaart van organisatie ${oin} is niet echt: handtekening of certificaat klopt niet`);
  eis(Array.isArray(lid.kaartsleutel) && lid.kaartsleutel.includes(van.kaartsleutel),
    `de kaart van organisatie ${oin} is ondertekend met een sleutel die niet in het convenant staat`);
  eis(geldtOp(van.inhoud.geldig, opDag), `de kaart van organisatie ${oin} geldt niet op deze dag`);
  onthoud(p, `${oin}.partijkaart`, partijkaarten[0]!);

  const beheerders = new Map<string, JWK>();
  for (const b of van.inhoud.beheerders as Obj[]) beheerders.set(await calculateJwkThumbprint(b.jwk as JWK), b.jwk as JWK);
  const deelnemers: Deelnemer[] = [];
  for (const jws of kaarten as string[]) {
    if (jws === partijkaarten[0]) continue;
    const kaart = await deelnemerkaart(jws, oin, beheerders);
    onthoud(p, `${oin}.${kaart.id}.deelnemerkaart`, jws);
    deelnemers.push(kaart);
  }
  eis(new Set(deelnemers.map((d) => d.id)).size === deelnemers.length && new Set(deelnemers.map((d) => d.kid)).size === deelnemers.length,
    `de kaarten van organisatie ${oin} spreken elkaar tegen`);
  return deelnemers;
}

/** deelnemerkaart controleert een kaart van een medewerker: ondertekend door een beheerder die op de kaart van zijn partij staat. */
async function deelnemerkaart(jws: string, oin: string, beheerders: Map<string, JWK>): Promise<Deelnemer> {
  const vals = `een kaart van een medewerker van organisatie ${oin} is niet door die organisatie ondertekend`;
  const beheerder = beheerders.get(String(kop(jws, "deelnemerkaart+jws", "kid").kid));
  eis(beheerder, vals);
  const o = await inhoud(jws, (await importJWK(beheerder, "ES256")) as CryptoKey).catch(() => undefined);
  eis(o && o.oin === oin && typeof o.id === "string" && /^[a-z0-9-]{1,64}$/.test(o.id), vals);
  const jwk = o.jwk as JWK;
  return { id: o.id, versie: Number(o.versie), functies: o.functies as string[], age: o.age as string[], geldig: o.geldig as Obj,
    sleutel: (await importJWK(jwk, "ES256")) as CryptoKey, kid: await calculateJwkThumbprint(jwk) };
}

/**
 * onthoud vergelijkt een gecontroleerde kaart met wat dit profiel eerder zag, en bewaart de nieuwste. Een oudere kaart kan een
 * ingetrokken sleutel terugbrengen; een andere kaart met hetzelfde nummer is er een die er niet hoort te zijn.
 */
function onthoud(p: Profiel, naam: string, jws: string): void {
  const eerder = bewaard(p, join("kaarten", naam));
  const versie = Number(beweerd(jws).versie);
  eis(Number.isInteger(versie) && versie > 0, "een kaart heeft geen geldige versie");
  const gezien = eerder === undefined ? 0 : Number(beweerd(eerder).versie);
  eis(versie >= gezien, `de sluis geeft een oudere kaart (${naam}) dan u al zag`);
  eis(versie > gezien || jws === eerder, `de sluis geeft een andere kaart (${naam}) met hetzelfde versienummer dan u al zag`);
  if (versie > gezien) bewaar(join(p.map, "kaarten", naam), jws);
}
