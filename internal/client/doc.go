// Package client is a party's side of Sluis: everything that its software does with a gateway that it does not trust. The
// commands, the connector, the pages and the demonstration are built on it.
//
// A [Profile] is a participant's folder of keys and anchors; a [Client] speaks to one gateway for that participant. It
// sends ([Client.Send], and again with [Client.Resume]), looks in the inbox ([Client.Entries]), receives ([Client.Receive]),
// confirms ([Client.Confirm]), asks first ([Client.Check]) and publishes what the party signed.
//
// It promises: keys come from nowhere but cards that it verified itself, signed with a key that a convenant pins which its own
// party signed; a card is never older than one seen before; a message is encrypted for those keys and nobody else's, and only
// with the categories that were declared; what waits to be sent again waits sealed; a receipt counts only with a proof under the
// log's key, in a log that still holds all that was seen of it; what is received was signed by who it says and sealed for this
// envelope. Whatever does not hold is a [Refusal], and then nothing is sent and nothing is confirmed.
//
// It must not import anything of the gateway's side, must not follow a redirect, and must not put data about a person, a
// payload, a key or a token in an error.
package client
