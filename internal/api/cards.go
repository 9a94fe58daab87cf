package api

import (
	"net/http"

	"github.com/sluis-gateway/sluis/internal/party"
)

// cards is the answer for the address book: the JWS of each card, as signed.
type cards struct {
	Cards []string `json:"kaarten"`
}

// getCards gives the whole address book: the cards of all parties first, then those of their participants.
func (s *server) getCards(k *call) error {
	book := s.Registry.Snapshot().Book
	var own, people []string
	for _, c := range book.Parties() {
		own = append(own, c.Compact())
		people = append(people, participantCards(book, c.Card().OIN)...)
	}
	return k.json(http.StatusOK, cards{listed(append(own, people...))})
}

// getCardsOf gives the cards of one party.
func (s *server) getCardsOf(k *call) error {
	oin, err := party.ParseOIN(k.Param("oin"))
	if err != nil {
		return errNoSuchPath
	}
	book := s.Registry.Snapshot().Book
	card, ok := book.Party(oin)
	if !ok {
		return errNoSuchPath
	}
	return k.json(http.StatusOK, cards{append([]string{card.Compact()}, participantCards(book, oin)...)})
}

func participantCards(book *party.Book, oin party.OIN) []string {
	var list []string
	for _, p := range book.Participants(oin) {
		list = append(list, p.Compact())
	}
	return list
}

// postCard publishes a card of the party whose certificate the connection has.
func (s *server) postCard(k *call) error {
	compact, err := k.body()
	if err != nil {
		return err
	}
	receipt, err := s.Registry.PublishCard(k.Request().Context(), k.party, string(compact))
	if err != nil {
		return err
	}
	return k.receipt(receipt)
}
