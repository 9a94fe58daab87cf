package client_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestTakenADayLater: what a colleague signed a day after it was sealed can be received.
// After more than a day it is neither sent nor signed.
func TestTakenADayLater(t *testing.T) {
	clock := &gatewaytest.Clock{}
	r := gatewaytest.Start(t, gatewaytest.Telling(clock), gatewaytest.Agreeing(func(text []byte) []byte {
		return bytes.Replace(text, []byte("ouders-geinformeerd, proportioneel]"), []byte("ouders-geinformeerd, proportioneel, vier-ogen]"), 1)
	}))
	at := client.WithClock(clock.Now)
	school, zc := (&between{}).client(t, r.Person("school/vc-1"), at), (&between{}).client(t, r.Person("school/zc-1"), at)
	sent, data, err := school.ForApproval(t.Context(), signal(r, aboutNoor))
	check(t, err)
	late, lateData, err := school.ForApproval(t.Context(), signal(r, aboutNoor))
	check(t, err)
	sign := func(data []byte) string {
		t.Helper()
		account, err := zc.ReadAccount(t.Context(), data)
		check(t, err)
		signed, err := zc.CoSign(account)
		check(t, err)
		return signed
	}
	tooLate := sign(lateData)
	clock.Later(23 * time.Hour)
	_, err = school.ResumeCoSigned(t.Context(), "", sign(data))
	check(t, err)
	police := (&between{}).client(t, r.Person("politie/wa-7"), at)
	_, err = police.Receive(t.Context(), sent.ID)
	check(t, err)
	clock.Later(2 * time.Hour)
	if _, err := school.ResumeCoSigned(t.Context(), late.ID, tooLate); err == nil {
		t.Error("it left after more than a day")
	}
	if _, err := zc.ReadAccount(t.Context(), lateData); err == nil {
		t.Error("what is too old was shown to be signed")
	}
}
