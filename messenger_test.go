package intercom_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// TestUserHash holds the hash against one made by openssl.
func TestUserHash(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "f30b4e39f7de72f2629e49ca3f48c0628cd5dc0862023c0c0436dc24004540cb", intercom.UserHash("messenger secret", "crew-204"))
	assert.NotEqual(t, intercom.UserHash("messenger secret", "crew-204"), intercom.UserHash("messenger secret", "crew-205"))
	assert.NotEqual(t, intercom.UserHash("messenger secret", "crew-204"), intercom.UserHash("other", "crew-204"))
	assert.Empty(t, intercom.UserHash("", "crew-204"))
	assert.Empty(t, intercom.UserHash("messenger secret", ""))
}

// TestUserJWT holds the token against one made by another implementation.
func TestUserJWT(t *testing.T) {
	t.Parallel()
	token, err := intercom.UserJWT("messenger secret", intercom.MessengerClaims{
		UserID: "crew-204", Email: "grace@harbour.example", Name: "Grace",
		ExpiresAt:  time.Unix(1767312000, 999),
		Attributes: map[string]any{"plan": "harbour"},
	})
	require.NoError(t, err)
	assert.Equal(t, "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."+
		"eyJlbWFpbCI6ImdyYWNlQGhhcmJvdXIuZXhhbXBsZSIsImV4cCI6MTc2NzMxMjAwMCwibmFtZSI6IkdyYWNlIiwicGxhbiI6ImhhcmJvdXIiLCJ1c2VyX2lkIjoiY3Jldy0yMDQifQ."+
		"50r3EzIUiUkbSKPtmJCHifb36Cbpi0bA6GJAmfE0jOk", token)
}

func TestUserJWTLeavesOut(t *testing.T) {
	t.Parallel()
	attributes := map[string]any{"note": "<b>ünsafe & \"quoted\"</b>"}
	token, err := intercom.UserJWT("s", intercom.MessengerClaims{UserID: "crew-204", Attributes: attributes})
	require.NoError(t, err)
	parts := strings.Split(token, ".")
	require.Len(t, parts, 3)

	header, err := base64.RawURLEncoding.DecodeString(parts[0])
	require.NoError(t, err)
	assert.JSONEq(t, `{"alg":"HS256","typ":"JWT"}`, string(header))
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	require.NoError(t, err)
	var claims map[string]any
	require.NoError(t, json.Unmarshal(payload, &claims))
	assert.Equal(t, map[string]any{"user_id": "crew-204", "note": attributes["note"]}, claims)
	assert.Len(t, attributes, 1, "the caller's map is left alone")

	mac := hmac.New(sha256.New, []byte("s"))
	mac.Write([]byte(parts[0] + "." + parts[1]))
	assert.Equal(t, base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), parts[2])
}

func TestUserJWTRefuses(t *testing.T) {
	t.Parallel()
	with := func(name string, value any) intercom.MessengerClaims {
		return intercom.MessengerClaims{UserID: "u", Attributes: map[string]any{name: value}}
	}
	for name, c := range map[string]struct {
		secret string
		claims intercom.MessengerClaims
		want   string
	}{
		"no secret": {"", intercom.MessengerClaims{UserID: "u"}, "intercom: UserJWT: secret is empty"},
		"no user":   {"s", intercom.MessengerClaims{Email: "grace@harbour.example"}, "intercom: UserJWT: UserID is empty"},
		"twice":     {"s", with("exp", 5), "intercom: UserJWT: attribute exp has a field of its own"},
		"not JSON":  {"s", with("depth", math.Inf(1)), "intercom: UserJWT: attributes: json: unsupported value: +Inf"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			token, err := intercom.UserJWT(c.secret, c.claims)
			require.EqualError(t, err, c.want)
			assert.Empty(t, token)
		})
	}
}

func ExampleUserHash() {
	fmt.Println(intercom.UserHash("messenger secret", "crew-204"))
	// Output: f30b4e39f7de72f2629e49ca3f48c0628cd5dc0862023c0c0436dc24004540cb
}

func ExampleUserJWT() {
	token, err := intercom.UserJWT("messenger secret", intercom.MessengerClaims{
		UserID:     "crew-204",
		Email:      "grace@harbour.example",
		ExpiresAt:  time.Now().Add(time.Hour),
		Attributes: map[string]any{"plan": "harbour"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Count(token, "."), "dots")
	// Output: 2 dots
}
