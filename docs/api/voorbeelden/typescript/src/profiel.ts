/** Het profiel van een deelnemer: de map die `sluis profile new` maakt. */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { calculateJwkThumbprint, importJWK, type CryptoKey, type JWK } from "jose";
import { eis } from "./fout.js";

export interface Profiel {
  map: string;
  oin: string;
  deelnemer: string;
  functie: string;
  url: string;
  /** Zo heet het auditspoor van deze sluis. */
  herkomst: string;
  sleutel: CryptoKey;
  kid: string;
  leessleutels: string[];
  zoeksleutel: Buffer;
  /** Wie namens uw eigen organisatie mag tekenen: van uw partijbeheerder gehoord, niet van een sluis. */
  kaartsleutels: string[];
  logsleutels: string[];
  tls: { cert: Buffer; key: Buffer; ca: string[] };
  kaartankers: string[];
}

export async function leesProfiel(map: string): Promise<Profiel> {
  eis(existsSync(map) && (statSync(map).mode & 0o077) === 0, "het profiel is er niet, of anderen mogen erin kijken (chmod 700)");
  const openbaar = (naam: string): string => {
    eis(existsSync(join(map, naam)), `${naam} ontbreekt in het profiel`);
    return readFileSync(join(map, naam), "utf8");
  };
  const geheim = (naam: string): string => {
    eis(existsSync(join(map, naam)) && (statSync(join(map, naam)).mode & 0o077) === 0,
      `${naam} ontbreekt in het profiel, of anderen mogen het lezen (chmod 600)`);
    return readFileSync(join(map, naam), "utf8");
  };
  const ankers = (naam: string): string[] =>
    readdirSync(join(map, naam)).filter((f) => f.endsWith(".pem")).flatMap((f) => pems(openbaar(join(naam, f))));

  const regels = openbaar("profiel.yaml");
  const instelling = (naam: string, vorm: RegExp): string => {
    const waarde = new RegExp(`^${naam}: *"?([^" ]*)"? *$`, "m").exec(regels)?.[1] ?? "";
    eis(vorm.test(waarde), `${naam} in profiel.yaml is niet goed ingevuld`);
    return waarde;
  };
  const naam = /^[a-z0-9-]{1,64}$/;
  const url = instelling("url", /^https:\/\/[A-Za-z0-9.-]+(:\d+)?$/);
  const jwk = JSON.parse(geheim("ondertekening.jwk")) as JWK;
  eis(jwk.kty === "EC" && jwk.crv === "P-256" && jwk.d, "ondertekening.jwk is geen P-256-sleutel in JWK-vorm");
  const zoeksleutel = Buffer.from(geheim("zoeksleutel").trim(), "base64url");
  eis(zoeksleutel.length === 32, "zoeksleutel is geen 32 bytes in base64url");
  const kaartsleutels = openbaar("kaartsleutel").split("\n").filter((r) => r !== "");
  eis(kaartsleutels.length > 0, "kaartsleutel is leeg: vraag uw partijbeheerder om de kaartsleutel van uw organisatie");

  return {
    map, url, zoeksleutel, kaartsleutels,
    oin: instelling("oin", /^\d{20}$/), deelnemer: instelling("deelnemer", naam), functie: instelling("functie", naam),
    herkomst: `${url.slice("https://".length).replace(/:443$/, "")}/log`,
    sleutel: (await importJWK(jwk, "ES256")) as CryptoKey,
    kid: await calculateJwkThumbprint(jwk),
    leessleutels: geheim("age.txt").split("\n").filter((r) => r.startsWith("AGE-SECRET-KEY-")),
    logsleutels: openbaar("log.vkey").split("\n").filter((r) => r !== "" && !r.startsWith("#")),
    tls: { cert: Buffer.from(openbaar("tls.crt")), key: Buffer.from(geheim("tls.key")), ca: ankers("ankers/tls") },
    kaartankers: ankers("ankers/kaarten"),
  };
}

/** pems geeft de certificaten uit een PEM-bestand apart. */
export function pems(tekst: string): string[] {
  return tekst.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

/** bewaard leest iets wat het profiel eerder zag; undefined als het er niet is. */
export function bewaard(p: Profiel, naam: string): string | undefined {
  const pad = join(p.map, naam);
  return existsSync(pad) ? readFileSync(pad, "utf8") : undefined;
}

/** bewaar vervangt een bestand in zijn geheel: na een stroomstoring staat er het oude of het nieuwe. */
export function bewaar(pad: string, inhoud: string): void {
  mkdirSync(join(pad, ".."), { recursive: true, mode: 0o700 });
  writeFileSync(`${pad}.nieuw`, inhoud, { mode: 0o600, flush: true });
  renameSync(`${pad}.nieuw`, pad);
}
