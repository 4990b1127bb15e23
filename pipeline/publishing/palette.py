"""The colours of pages and charts, by light and dark. Text on paper has a contrast of at least 4.5 in both."""

from __future__ import annotations

LIGHT = {
    "paper": "#fdfcf9", "card": "#ffffff", "ink": "#1d1c1a", "muted": "#67645d", "rule": "#e2ded5",
    "first": "#1f6f78", "second": "#a8581a", "proved": "#7fa8a4", "tint": "#e9f1ef", "bad": "#a3271d",
    "badtint": "#fbe9e6", "good": "#2c6e49", "warn": "#8a6100",
}  # fmt: skip
DARK = {
    "paper": "#17181a", "card": "#212326", "ink": "#e8e5de", "muted": "#a29e95", "rule": "#34363a",
    "first": "#6cc0c4", "second": "#e0a06a", "proved": "#4f7a78", "tint": "#22302f", "bad": "#f08a7d",
    "badtint": "#3a2321", "good": "#7cc79a", "warn": "#d9b35b",
}  # fmt: skip
