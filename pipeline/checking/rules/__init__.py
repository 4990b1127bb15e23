"""The rules, in the order in which they are tried: the first that recognises a failed claim names it."""

from __future__ import annotations

from pipeline.checking.rules.advice import advice
from pipeline.checking.rules.ambiguous import ambiguous
from pipeline.checking.rules.bare_judgement import bare_judgement
from pipeline.checking.rules.beyond_note import beyond_note
from pipeline.checking.rules.blank_figure import blank_figure
from pipeline.checking.rules.coloured_word import coloured_word
from pipeline.checking.rules.false_crossing import false_crossing
from pipeline.checking.rules.false_record import false_record
from pipeline.checking.rules.forecast import forecast
from pipeline.checking.rules.habit import habit
from pipeline.checking.rules.hype import hype
from pipeline.checking.rules.mind_reading import mind_reading
from pipeline.checking.rules.misattributed_note import misattributed_note
from pipeline.checking.rules.misbound_instrument import misbound_instrument
from pipeline.checking.rules.misbound_measure import misbound_measure
from pipeline.checking.rules.misbound_method import misbound_method
from pipeline.checking.rules.misbound_period import misbound_period
from pipeline.checking.rules.misbound_timeframe import misbound_timeframe
from pipeline.checking.rules.misbound_window import misbound_window
from pipeline.checking.rules.misquoted_note import misquoted_note
from pipeline.checking.rules.missing_fact import missing_fact
from pipeline.checking.rules.not_a_number import not_a_number
from pipeline.checking.rules.off_topic import off_topic
from pipeline.checking.rules.repeated_sentence import repeated_sentence
from pipeline.checking.rules.rule import Rule
from pipeline.checking.rules.template_residue import template_residue
from pipeline.checking.rules.unknown_name import unknown_name
from pipeline.checking.rules.unknown_predicate import unknown_predicate
from pipeline.checking.rules.unproved_word import unproved_word
from pipeline.checking.rules.unread import unread
from pipeline.checking.rules.unsourced_cause import unsourced_cause
from pipeline.checking.rules.unsourced_quotation import unsourced_quotation
from pipeline.checking.rules.unused_attribute import unused_attribute
from pipeline.checking.rules.vague_authority import vague_authority
from pipeline.checking.rules.volume_without_facts import volume_without_facts
from pipeline.checking.rules.wrong_date import wrong_date
from pipeline.checking.rules.wrong_direction import wrong_direction
from pipeline.checking.rules.wrong_figure import wrong_figure
from pipeline.checking.rules.wrong_label import wrong_label
from pipeline.checking.rules.wrong_magnitude import wrong_magnitude
from pipeline.checking.rules.wrong_note_date import wrong_note_date
from pipeline.checking.rules.wrong_note_figure import wrong_note_figure
from pipeline.checking.rules.wrong_rounding import wrong_rounding
from pipeline.checking.rules.wrong_side import wrong_side
from pipeline.checking.rules.wrong_streak import wrong_streak
from pipeline.checking.rules.wrong_tally import wrong_tally
from pipeline.checking.rules.wrong_unit import wrong_unit
from pipeline.checking.rules.wrong_weekday import wrong_weekday

RULES: tuple[Rule, ...] = (
    # on failed claims
    ambiguous, unread, missing_fact, misbound_instrument, wrong_weekday, wrong_date, false_record, false_crossing,
    wrong_label, wrong_tally, misbound_timeframe, misbound_period, misbound_window, misbound_method, wrong_unit,
    wrong_direction, wrong_magnitude, wrong_side, wrong_streak, wrong_rounding, misbound_measure, wrong_figure,
    # on the words of the page
    template_residue, not_a_number, blank_figure, misquoted_note, wrong_note_figure, wrong_note_date,
    misattributed_note, beyond_note, unsourced_quotation, unsourced_cause, forecast, habit, advice, hype,
    mind_reading, off_topic, vague_authority, unknown_name, unproved_word, volume_without_facts,
    unknown_predicate, bare_judgement, unused_attribute, coloured_word, repeated_sentence,
)  # fmt: skip
