// Package term counts the time that parties gave each other: an ISO 8601 duration, such as P7D and PT72H, or a number of working
// days, such as "5 werkdagen". Days and working days are those of Amsterdam, whatever the clock of the machine is set to.
//
// It promises that a later beginning never gives an earlier end, also when the clocks change, and that a term in working days ends
// on a working day: not a Saturday, not a Sunday, and not a public holiday of the Algemene termijnenwet, article 3. It must not
// look at a clock: whoever asks says from when.
package term
