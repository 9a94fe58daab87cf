package api

import (
	"strconv"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// afterNumber gives where a list in the order of records goes on: the number in the cursor, -1 without one.
func (k *call) afterNumber() (int64, error) {
	text, given := k.query["cursor"]
	if !given {
		return -1, nil
	}
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil || len(text) > 15 {
		return 0, malformed(fault.List{{Place: "cursor", Message: "moet de cursor uit een vorig antwoord zijn"}})
	}
	return int64(n), nil
}

// numberedPage cuts a list, read one longer than a page to know whether there is more, and gives the cursor to go on with; nil at the end.
func numberedPage[T any](list []T, number func(T) int64) (page []T, cursor *string) {
	if len(list) <= pageSize {
		return list, nil
	}
	text := strconv.FormatInt(number(list[pageSize-1]), 10)
	return list[:pageSize], &text
}
