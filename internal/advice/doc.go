// Package advice holds the tests that an answer given beforehand is the answer that sending gets: the cases beside the example
// convenants, and facts drawn at random, are asked (`POST /access/v1/evaluation`) and sent (`POST /v1/berichten`) over HTTPS at a real
// gateway, decided in process, and compared with the records that they leave.
//
// It promises that what a case says about the world is brought about in the world: by cards, signatures, registered decisions and
// earlier messages, never by reaching into the gateway. It holds nothing but tests.
package advice
