package intercomtest

import (
	"fmt"
	"strconv"
	"sync/atomic"
)

// ids makes up identifiers. They look random but depend only on the seed and on
// how many were made before.
type ids struct {
	seed     uint64
	made     uint64 // guarded by the workspace
	requests atomic.Uint64
}

// hex makes an id of 24 hexadecimal digits, as contacts and companies have.
func (i *ids) hex() string {
	i.made++
	return fmt.Sprintf("%08x%016x", 0x66000000+i.made, mix(i.seed<<32+i.made))
}

// number makes an id of decimal digits, as admins, tags and conversations have.
func (i *ids) number() string {
	i.made++
	return strconv.FormatUint(100200+i.made*7, 10)
}

// uuid makes an id in the form of a UUID.
func (i *ids) uuid() string {
	i.made++
	a, b := mix(i.seed<<32+i.made), mix(^i.made)
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", a>>32, a>>16&0xffff, a&0xfff, b>>48&0xfff, b&0xffffffffffff)
}

// request makes the id of a request: 20 characters, not a UUID.
func (i *ids) request() string {
	const digits = "0123456789abcdefghijklmnopqrstuv"
	n := i.requests.Add(1)
	id := [20]byte{'0', '0', '0'}
	high, low := n, mix(i.seed^n)
	for k := 9; k >= 3; k-- {
		id[k] = digits[high&31]
		high >>= 5
	}
	for k := 19; k >= 10; k-- {
		id[k] = digits[low&31]
		low >>= 5
	}
	return string(id[:])
}

// mix spreads the bits of a number, one to one (splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
