/** Vragen aan de sluis: TLS met het clientcertificaat van de partij, en een token van de deelnemer. */
import { X509Certificate, randomBytes } from "node:crypto";
import { Agent, request } from "node:https";
import { Fout } from "./fout.js";
import { isObj, sha256, streng, type Obj, type Waarde } from "./json.js";
import { teken } from "./jws.js";
import type { Profiel } from "./profiel.js";

/** Zoveel bytes mag een antwoord hoogstens zijn: een lading is hoogstens 36 MiB. */
const grootste = 40_000_000;

export interface Vraag {
  accept?: string;
  type?: string;
  lichaam?: Uint8Array;
}

export class Sluis {
  private readonly agent: Agent;
  private token: Promise<string> | undefined;

  constructor(readonly profiel: Profiel) {
    this.agent = new Agent({ ...profiel.tls, minVersion: "TLSv1.2", keepAlive: true });
  }

  sluit(): void {
    this.agent.destroy();
  }

  /** maakToken is vier minuten goed en met `cnf` aan het clientcertificaat gebonden: wie het onderschept, heeft er niets aan. */
  private maakToken(): Promise<string> {
    const p = this.profiel;
    const nu = Math.floor(Date.now() / 1000);
    return teken(p, "sluis-token+jwt", JSON.stringify({
      iss: `urn:nld:oin:${p.oin}`, sub: p.deelnemer, aud: p.url, iat: nu, exp: nu + 240, jti: randomBytes(16).toString("base64url"),
      cnf: { "x5t#S256": sha256(new X509Certificate(p.tls.cert).raw).toString("base64url") },
    }));
  }

  async json(pad: string, v: Vraag = {}): Promise<Obj> {
    const antwoord = streng(await this.bytes(pad, v));
    if (!isObj(antwoord)) throw new Fout("de sluis geeft een antwoord dat niet klopt");
    return antwoord;
  }

  /** bytes haalt of stuurt iets. Een omleiding wordt niet gevolgd: die zou een token of een lading elders brengen. */
  async bytes(pad: string, v: Vraag = {}): Promise<Buffer> {
    this.token ??= this.maakToken();
    const headers: Record<string, string> = { Authorization: `Bearer ${await this.token}`, Accept: v.accept ?? "application/json" };
    if (v.lichaam) Object.assign(headers, { "Content-Type": v.type ?? "application/json", "Content-Length": String(v.lichaam.length) });
    const [status, lichaam] = await new Promise<[number, Buffer]>((gelukt, mislukt) => {
      const vraag = request(this.profiel.url + pad, { agent: this.agent, method: v.lichaam ? "POST" : "GET", headers, timeout: 60_000 }, (antwoord) => {
        const delen: Buffer[] = [];
        let lengte = 0;
        antwoord.on("data", (deel: Buffer) => {
          delen.push(deel);
          if ((lengte += deel.length) > grootste) antwoord.destroy(new Error("te groot"));
        });
        antwoord.on("end", () => gelukt([antwoord.statusCode ?? 0, Buffer.concat(delen)]));
        antwoord.on("error", mislukt);
      });
      vraag.on("timeout", () => vraag.destroy(new Error("duurt te lang")));
      vraag.on("error", mislukt);
      vraag.end(v.lichaam);
    }).catch(() => {
      throw new Fout("de sluis is niet bereikbaar, of is niet de sluis van uw profiel");
    });
    if (status === 200 || status === 201) return lichaam;
    throw new Fout(`de sluis weigert dit (${status})${uitleg(lichaam)}`);
  }
}

/** uitleg geeft wat de sluis zegt, zonder stuurtekens: die kunnen een scherm sturen. */
function uitleg(lichaam: Buffer): string {
  let probleem: Waarde;
  try {
    probleem = streng(lichaam);
  } catch {
    return "";
  }
  if (!isObj(probleem)) return "";
  const lijst = (w: Waarde | undefined): Obj[] => (Array.isArray(w) ? w.filter(isObj) : []);
  const regels = [probleem.type, probleem.title, probleem.detail, ...lijst(probleem.fouten).map((f) => `- ${f.plaats}: ${f.melding}`),
    ...lijst(probleem.redenen).map((r) => `- ${r.tekst} ${r.advies ?? ""}`)];
  return "\n" + regels.join("\n").replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "");
}
