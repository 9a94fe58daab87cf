/** Een fout die de gebruiker te zien krijgt: gewoon Nederlands, en nooit iets uit een bericht of een sleutel. */
export class Fout extends Error {}

/** Een bericht dat echt is en toch niet te lezen: de afzender moet het opnieuw sturen. */
export class Onleesbaar extends Fout {}

/** eis gooit een Fout als iets niet zo is. */
export function eis(goed: unknown, melding: string): asserts goed {
  if (!goed) throw new Fout(melding);
}
