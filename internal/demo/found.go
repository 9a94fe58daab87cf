package demo

import (
	"context"
	"fmt"
)

// found makes a region out of parties: each publishes its cards, the municipalities their convenants, the parties sign, and the
// police registers its Wpg decisions.
func (s *stage) found(ctx context.Context) error {
	url, logKey := s.gateway.Origin(), []byte(s.gateway.LogVerifierKey()+"\n")
	published := map[string]cards{}
	for _, o := range region {
		c, err := s.folder.makeProfiles(o, url, logKey)
		if err != nil {
			return err
		}
		published[o.folder] = c
	}
	people := 0
	for _, o := range region {
		own, err := s.people.at(o.folder, o.lead().id)
		if err != nil {
			return err
		}
		for _, card := range published[o.folder] {
			if _, err := own.PublishCard(ctx, card); err != nil {
				return fmt.Errorf("publishing a card of %s: %w", o.folder, err)
			}
		}
		people += len(o.people)
	}
	s.say("", fmt.Sprintf("%d organisaties hebben hun kaarten en die van %d mensen getekend en gepubliceerd.", len(region), people))
	for _, a := range agreements {
		if err := s.agree(ctx, a); err != nil {
			return err
		}
	}
	for _, d := range wpgDecisions() {
		if err := s.registerWpg(ctx, d); err != nil {
			return err
		}
	}
	return nil
}
