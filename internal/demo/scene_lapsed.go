package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
)

// exerciseTerm is longer than the doorvoertermijn of the exercise.
const exerciseTerm = 2500 * time.Millisecond

// lapsed shows a message that nobody collects: Sluis does not keep it for ever, and the sender sees that nobody has it. The gateway
// looks for what is past its term once a minute and when it starts; so that nobody has to wait, it is stopped and started again,
// which loses nothing either.
func (s *stage) lapsed(ctx context.Context) {
	s.heading("Een signaal dat niemand ophaalt (oefening met een termijn van twee seconden)")
	sc := &scene{stage: s, ctx: ctx}
	phase := 2
	sent := sc.send("debrug", "veiligheid", "ROC De Brug stuurt het jongerenwerk een signaal", client.Draft{
		Kind: "signaal", Convenant: exercise, Recipients: to("jongerenwerk", "medewerker"), Body: body("l-signaal"),
		Categories: list("identiteit", "signaal"), Phase: &phase, Statements: attests("oudersGeinformeerd", "proportioneel")})
	sc.step("De termijn gaat voorbij; de sluis wordt gestopt en weer gestart", "niets gaat verloren", func() error {
		select {
		case <-time.After(exerciseTerm):
		case <-ctx.Done():
			return ctx.Err()
		}
		return errors.Join(s.end(ctx), s.begin(ctx))
	})
	sc.step("ROC De Brug kijkt hoe het staat", "verlopen: niemand heeft het, de school moet zelf bellen", func() error {
		c, err := s.people.at("debrug", "veiligheid")
		if err != nil {
			return err
		}
		return await(ctx, func() (bool, error) {
			m, err := c.Message(ctx, sent.ID)
			return m.Status == message.Lapsed, err
		})
	})
	sc.step("Het jongerenwerk probeert het alsnog te openen", "te laat: de sluis heeft de lading gewist", func() error {
		c, err := s.people.at("jongerenwerk", "werker")
		if err != nil {
			return err
		}
		_, err = c.Receive(ctx, sent.ID)
		var no *client.Problem
		if !errors.As(err, &no) || no.Code != "gewist" {
			return fmt.Errorf("opening a lapsed message: %w", errors.Join(errors.New("it should be gone"), err))
		}
		return nil
	})
}

// await asks until the answer is yes, for a few seconds at most.
func await(ctx context.Context, yes func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	for {
		if ok, err := yes(); ok || err != nil {
			return err
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return fmt.Errorf("waiting for what should come: %w", ctx.Err())
		}
	}
}
