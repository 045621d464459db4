"""The catalogue: everything a clerk may be told, by code, with its one Vietnamese sentence.

The sentences stand in this folder and nowhere else, a module for each thing that can be looked
at; `docs/thong-bao.md` has a section for each code.
"""

from __future__ import annotations

from enum import Enum

from cchc_office.catalogue import (
    _campaign_workbook,
    _declared_figures,
    _decree30,
    _earlier,
    _incoming_file,
    _mail_in,
    _mail_out,
    _office_files,
    _returned_file,
    _returned_form,
    _rules,
    _survey,
    _template,
)
from cchc_office.catalogue._rule import Rule, Severity

__all__ = ["Code", "Rule", "Severity"]


class Code(Enum):
    """The catalogue: one member for each thing that a clerk may be told."""

    # What is found in the campaign workbook.
    MISSING_SHEET = _campaign_workbook.MISSING_SHEET
    MISSING_HEADINGS = _campaign_workbook.MISSING_HEADINGS
    MISSING_COLUMN = _campaign_workbook.MISSING_COLUMN
    DUPLICATE_COLUMN = _campaign_workbook.DUPLICATE_COLUMN
    EMPTY_TABLE = _campaign_workbook.EMPTY_TABLE
    UNKNOWN_SETTING = _campaign_workbook.UNKNOWN_SETTING
    DUPLICATE_SETTING = _campaign_workbook.DUPLICATE_SETTING
    MISSING_SETTING = _campaign_workbook.MISSING_SETTING
    BAD_YEAR = _campaign_workbook.BAD_YEAR
    BAD_DATE = _campaign_workbook.BAD_DATE
    BAD_SYMBOL = _campaign_workbook.BAD_SYMBOL
    BAD_APPENDIX_LABEL = _campaign_workbook.BAD_APPENDIX_LABEL
    UNKNOWN_TABLE_COLUMN = _campaign_workbook.UNKNOWN_TABLE_COLUMN
    MISSING_UNIT_CODE = _campaign_workbook.MISSING_UNIT_CODE
    BAD_UNIT_CODE = _campaign_workbook.BAD_UNIT_CODE
    DUPLICATE_UNIT = _campaign_workbook.DUPLICATE_UNIT
    MISSING_UNIT_NAME = _campaign_workbook.MISSING_UNIT_NAME
    SHARED_ALIAS = _campaign_workbook.SHARED_ALIAS
    ALIAS_IS_DUTY = _campaign_workbook.ALIAS_IS_DUTY
    MISSING_EMAIL = _campaign_workbook.MISSING_EMAIL
    BAD_EMAIL = _campaign_workbook.BAD_EMAIL
    DUPLICATE_CODE = _campaign_workbook.DUPLICATE_CODE
    MISSING_PARENT = _campaign_workbook.MISSING_PARENT
    CODE_IS_NUMBER = _campaign_workbook.CODE_IS_NUMBER
    CODE_IS_DATE = _campaign_workbook.CODE_IS_DATE
    BAD_CODE = _campaign_workbook.BAD_CODE
    ROW_WITHOUT_CODE = _campaign_workbook.ROW_WITHOUT_CODE
    MISSING_NAME = _campaign_workbook.MISSING_NAME
    MISSING_MAX_SCORE = _campaign_workbook.MISSING_MAX_SCORE
    BAD_MAX_SCORE = _campaign_workbook.BAD_MAX_SCORE
    MAX_SCORE_NOT_SUM = _campaign_workbook.MAX_SCORE_NOT_SUM
    MISSING_UNIT = _campaign_workbook.MISSING_UNIT
    UNKNOWN_UNIT = _campaign_workbook.UNKNOWN_UNIT
    NO_LEAD = _campaign_workbook.NO_LEAD
    EMPTY_GROUP = _campaign_workbook.EMPTY_GROUP
    UNKNOWN_AGGREGATION = _campaign_workbook.UNKNOWN_AGGREGATION
    FORMULA_WITHOUT_VALUE = _campaign_workbook.FORMULA_WITHOUT_VALUE
    ERROR_CELL = _campaign_workbook.ERROR_CELL
    ILLUSTRATIVE = _campaign_workbook.ILLUSTRATIVE
    BAD_NAME_FOR_FILE = _campaign_workbook.BAD_NAME_FOR_FILE

    # What is found in how rows are scored, and in the settings for ranking.
    RULE_NOT_UNDERSTOOD = _rules.RULE_NOT_UNDERSTOOD
    RULE_ON_HEADING = _rules.RULE_ON_HEADING
    RULE_AND_SURVEY = _rules.RULE_AND_SURVEY
    RULE_YEAR_ADDED = _rules.RULE_YEAR_ADDED
    RULE_NOTHING_UNSAID = _rules.RULE_NOTHING_UNSAID
    NOT_APPLICABLE_UNCLEAR = _rules.NOT_APPLICABLE_UNCLEAR
    UNKNOWN_POINTS = _rules.UNKNOWN_POINTS
    POINTS_CONFLICT = _rules.POINTS_CONFLICT
    BAD_RANKING_WISH = _rules.BAD_RANKING_WISH
    BAD_RANKING_STAGE = _rules.BAD_RANKING_STAGE
    BAD_TIES = _rules.BAD_TIES
    BAD_CLASSES = _rules.BAD_CLASSES

    # What is found in the results of surveys.
    SURVEY_COLUMN_UNKNOWN = _survey.SURVEY_COLUMN_UNKNOWN
    SURVEY_ROW_UNKNOWN = _survey.SURVEY_ROW_UNKNOWN
    SURVEY_ROW_NOT_SURVEY = _survey.SURVEY_ROW_NOT_SURVEY
    SURVEY_ROW_TWICE = _survey.SURVEY_ROW_TWICE
    SURVEY_UNIT_UNKNOWN = _survey.SURVEY_UNIT_UNKNOWN
    SURVEY_UNIT_WITHOUT_PART = _survey.SURVEY_UNIT_WITHOUT_PART
    SURVEY_SCORE_UNREADABLE = _survey.SURVEY_SCORE_UNREADABLE
    SURVEY_SCORE_NEGATIVE = _survey.SURVEY_SCORE_NEGATIVE
    SURVEY_SCORE_ABOVE_MAX = _survey.SURVEY_SCORE_ABOVE_MAX
    SURVEY_COUNT_UNREADABLE = _survey.SURVEY_COUNT_UNREADABLE
    SURVEY_NO_ANSWERS = _survey.SURVEY_NO_ANSWERS
    SURVEY_TOTAL_DIFFERS = _survey.SURVEY_TOTAL_DIFFERS
    SURVEY_SCORE_DIFFERS = _survey.SURVEY_SCORE_DIFFERS

    # What is found in the office's own figures, and in the output folder.
    PROFILE_UNREADABLE = _office_files.PROFILE_UNREADABLE
    PROFILE_UNKNOWN = _office_files.PROFILE_UNKNOWN
    PROFILE_NO_NUMBER = _office_files.PROFILE_NO_NUMBER
    PROFILE_OUT_OF_RANGE = _office_files.PROFILE_OUT_OF_RANGE
    FILE_KEPT = _office_files.FILE_KEPT
    FILE_IN_USE = _office_files.FILE_IN_USE
    FILE_OUTDATED = _office_files.FILE_OUTDATED
    FILE_OUTDATED_KEPT = _office_files.FILE_OUTDATED_KEPT
    PATH_TOO_LONG = _office_files.PATH_TOO_LONG
    PDF_OUTDATED = _office_files.PDF_OUTDATED
    NO_LIBREOFFICE = _office_files.NO_LIBREOFFICE
    PDF_NOT_MADE = _office_files.PDF_NOT_MADE

    # What is found in a document template, and in the values that go into it.
    TEMPLATE_UNREADABLE = _template.TEMPLATE_UNREADABLE
    TEMPLATE_NOT_USED = _template.TEMPLATE_NOT_USED
    TEMPLATE_NAME_MISSPELT = _template.TEMPLATE_NAME_MISSPELT
    TEMPLATE_NAME_UNKNOWN = _template.TEMPLATE_NAME_UNKNOWN
    TEMPLATE_FILTER_UNKNOWN = _template.TEMPLATE_FILTER_UNKNOWN
    TEMPLATE_WRONG_KIND = _template.TEMPLATE_WRONG_KIND
    TEMPLATE_FORBIDDEN = _template.TEMPLATE_FORBIDDEN
    TEMPLATE_SYNTAX = _template.TEMPLATE_SYNTAX
    TEMPLATE_CALCULATION = _template.TEMPLATE_CALCULATION
    TEMPLATE_BROKEN_RESULT = _template.TEMPLATE_BROKEN_RESULT
    TEMPLATE_TAG_UNCLOSED = _template.TEMPLATE_TAG_UNCLOSED
    TEMPLATE_TAG_SPACE = _template.TEMPLATE_TAG_SPACE
    TEMPLATE_TAG_CHARACTER = _template.TEMPLATE_TAG_CHARACTER
    TEMPLATE_TAG_WORD_CHARACTER = _template.TEMPLATE_TAG_WORD_CHARACTER
    TEMPLATE_TAG_NOT_ALONE = _template.TEMPLATE_TAG_NOT_ALONE
    TEMPLATE_BLOCK_OPEN = _template.TEMPLATE_BLOCK_OPEN
    TEMPLATE_BLOCK_UNOPENED = _template.TEMPLATE_BLOCK_UNOPENED
    TEMPLATE_BLOCK_ACROSS_CELLS = _template.TEMPLATE_BLOCK_ACROSS_CELLS
    TEMPLATE_TAG_NOT_FILLED = _template.TEMPLATE_TAG_NOT_FILLED
    VALUE_EMPTY = _template.VALUE_EMPTY
    VALUE_NOT_TEXT = _template.VALUE_NOT_TEXT
    VALUE_UNPRINTABLE = _template.VALUE_UNPRINTABLE

    # What is found of a returned file as a whole.
    NOT_A_WORKBOOK = _returned_file.NOT_A_WORKBOOK
    PASSWORD_PROTECTED = _returned_file.PASSWORD_PROTECTED
    DAMAGED_FILE = _returned_file.DAMAGED_FILE
    TOO_LARGE = _returned_file.TOO_LARGE
    FILE_NOT_FOUND = _incoming_file.FILE_NOT_FOUND
    FILE_NOT_OPENED = _incoming_file.FILE_NOT_OPENED
    NOT_A_FILE = _incoming_file.NOT_A_FILE
    FILE_EMPTY = _incoming_file.FILE_EMPTY
    FILE_TRUNCATED = _incoming_file.FILE_TRUNCATED
    FILE_IS_OLD_EXCEL = _incoming_file.FILE_IS_OLD_EXCEL
    FILE_IS_EXCEL_XML = _incoming_file.FILE_IS_EXCEL_XML
    FILE_IS_FLAT_ODS = _incoming_file.FILE_IS_FLAT_ODS
    FILE_IS_APPLE = _incoming_file.FILE_IS_APPLE
    FILE_IS_WORD = _incoming_file.FILE_IS_WORD
    FILE_IS_OLD_WORD = _incoming_file.FILE_IS_OLD_WORD
    FILE_IS_ODT = _incoming_file.FILE_IS_ODT
    FILE_IS_POWERPOINT = _incoming_file.FILE_IS_POWERPOINT
    FILE_IS_PDF = _incoming_file.FILE_IS_PDF
    FILE_IS_PICTURE = _incoming_file.FILE_IS_PICTURE
    FILE_IS_HTML = _incoming_file.FILE_IS_HTML
    FILE_IS_CSV = _incoming_file.FILE_IS_CSV
    FILE_IS_TEXT = _incoming_file.FILE_IS_TEXT
    FILE_IS_LINK = _incoming_file.FILE_IS_LINK
    FILE_IS_PROGRAM = _incoming_file.FILE_IS_PROGRAM
    ARCHIVE_OF_OTHER_KIND = _incoming_file.ARCHIVE_OF_OTHER_KIND
    ARCHIVE_IN_ARCHIVE = _incoming_file.ARCHIVE_IN_ARCHIVE
    ARCHIVE_LOCKED = _incoming_file.ARCHIVE_LOCKED
    ARCHIVE_WRONG_PASSWORD = _incoming_file.ARCHIVE_WRONG_PASSWORD
    CONTAINER_TOO_MANY_FILES = _incoming_file.CONTAINER_TOO_MANY_FILES
    CONTAINER_EMPTY = _incoming_file.CONTAINER_EMPTY
    MESSAGE_WITHOUT_FILES = _incoming_file.MESSAGE_WITHOUT_FILES
    MESSAGE_IN_MESSAGE = _incoming_file.MESSAGE_IN_MESSAGE
    FILE_IS_MAILBOX = _incoming_file.FILE_IS_MAILBOX
    FILE_IS_OUTLOOK_MESSAGE = _incoming_file.FILE_IS_OUTLOOK_MESSAGE
    FILE_IS_WINMAIL = _incoming_file.FILE_IS_WINMAIL
    COMPANION_FILE = _incoming_file.COMPANION_FILE
    WRONG_PASSWORD = _incoming_file.WRONG_PASSWORD
    PASSWORD_NEEDS_EXTRA = _incoming_file.PASSWORD_NEEDS_EXTRA
    LOCKS_TAKE_LONG = _incoming_file.LOCKS_TAKE_LONG
    LOCK_UNKNOWN = _incoming_file.LOCK_UNKNOWN
    NOT_A_FORM = _returned_file.NOT_A_FORM
    OTHER_CAMPAIGN = _returned_file.OTHER_CAMPAIGN
    OTHER_FORM_VERSION = _returned_file.OTHER_FORM_VERSION
    UNIT_NOT_IN_CAMPAIGN = _returned_file.UNIT_NOT_IN_CAMPAIGN
    OTHER_YEAR = _returned_file.OTHER_YEAR
    KNOWN_BY_TITLE = _returned_file.KNOWN_BY_TITLE
    SENDER_UNCLEAR = _returned_file.SENDER_UNCLEAR
    FORM_OF_OTHER_UNIT = _returned_file.FORM_OF_OTHER_UNIT
    RETURNS_DIFFER = _returned_file.RETURNS_DIFFER
    FILE_NAME_SAYS_NOTHING = _returned_file.FILE_NAME_SAYS_NOTHING
    SAME_RETURN_AGAIN = _returned_file.SAME_RETURN_AGAIN
    SEVERAL_RETURNS = _returned_file.SEVERAL_RETURNS
    RETURNED_LATE = _returned_file.RETURNED_LATE
    SAVED_DATE_UNKNOWN = _returned_file.SAVED_DATE_UNKNOWN
    NOT_RETURNED = _returned_file.NOT_RETURNED
    OVERDUE = _returned_file.OVERDUE

    # What is found inside a returned form.
    FORM_COLUMN_MISSING = _returned_form.FORM_COLUMN_MISSING
    FORM_COLUMN_TWICE = _returned_form.FORM_COLUMN_TWICE
    FORM_ROW_MISSING = _returned_form.FORM_ROW_MISSING
    FORM_ROW_TWICE = _returned_form.FORM_ROW_TWICE
    FORM_ROW_UNKNOWN = _returned_form.FORM_ROW_UNKNOWN
    FORM_HEADING_FILLED = _returned_form.FORM_HEADING_FILLED
    FORM_SHEETS_SEVERAL = _returned_form.FORM_SHEETS_SEVERAL
    SUM_ABOVE_MAX = _returned_form.SUM_ABOVE_MAX
    MAX_SCORE_CHANGED = _returned_form.MAX_SCORE_CHANGED
    SCORE_MISSING = _returned_form.SCORE_MISSING
    SCORE_FORMULA_WITHOUT_VALUE = _returned_form.SCORE_FORMULA_WITHOUT_VALUE
    SCORE_ERROR_CELL = _returned_form.SCORE_ERROR_CELL
    SCORE_READ_FROM_TEXT = _returned_form.SCORE_READ_FROM_TEXT
    SCORE_UNREADABLE = _returned_form.SCORE_UNREADABLE
    SCORE_ABOVE_MAX = _returned_form.SCORE_ABOVE_MAX
    SCORE_NEGATIVE = _returned_form.SCORE_NEGATIVE
    SCORE_TOO_FINE = _returned_form.SCORE_TOO_FINE
    NOT_APPLICABLE = _returned_form.NOT_APPLICABLE
    NOT_APPLICABLE_WITH_SCORE = _returned_form.NOT_APPLICABLE_WITH_SCORE
    APPLICABILITY_UNREADABLE = _returned_form.APPLICABILITY_UNREADABLE
    EVIDENCE_MISSING = _returned_form.EVIDENCE_MISSING
    SURVEY_CELL_FILLED = _returned_form.SURVEY_CELL_FILLED
    SUPPORT_SCORE_FILLED = _returned_form.SUPPORT_SCORE_FILLED
    FORM_SHEET_ADDED = _returned_form.FORM_SHEET_ADDED
    FORM_SHEET_UNREADABLE = _returned_form.FORM_SHEET_UNREADABLE
    FORM_HEADINGS_MISSING = _returned_form.FORM_HEADINGS_MISSING
    CELLS_BEYOND_CAPS = _returned_form.CELLS_BEYOND_CAPS
    FORM_COLUMN_ADDED = _returned_form.FORM_COLUMN_ADDED
    FORM_IDS_MIXED_UP = _returned_form.FORM_IDS_MIXED_UP
    FORM_NAME_CHANGED = _returned_form.FORM_NAME_CHANGED
    FORM_ROW_CHANGED_SINCE = _returned_form.FORM_ROW_CHANGED_SINCE
    MAX_SCORE_CHANGED_SINCE = _returned_form.MAX_SCORE_CHANGED_SINCE
    FORM_ROW_NOT_YET = _returned_form.FORM_ROW_NOT_YET
    FORM_ROW_NO_LONGER = _returned_form.FORM_ROW_NO_LONGER
    SCORE_MISSING_WITH_EVIDENCE = _returned_form.SCORE_MISSING_WITH_EVIDENCE
    CELL_WITHOUT_VALUE = _returned_form.CELL_WITHOUT_VALUE
    LEGACY_FONT = _returned_form.LEGACY_FONT

    # What is found of the figures that a unit declares.
    DECLARED_MISSING = _declared_figures.DECLARED_MISSING
    DECLARED_INCOMPLETE = _declared_figures.DECLARED_INCOMPLETE
    DECLARED_UNREADABLE = _declared_figures.DECLARED_UNREADABLE
    DECLARED_WITHOUT_VALUE = _declared_figures.DECLARED_WITHOUT_VALUE
    DECLARED_READ_FROM_TEXT = _declared_figures.DECLARED_READ_FROM_TEXT
    DECLARED_NEGATIVE = _declared_figures.DECLARED_NEGATIVE
    DECLARED_NOT_WHOLE = _declared_figures.DECLARED_NOT_WHOLE
    DECLARED_ABOVE_TOTAL = _declared_figures.DECLARED_ABOVE_TOTAL
    DECLARED_OF_NOTHING = _declared_figures.DECLARED_OF_NOTHING
    DECLARED_NOTHING_UNSAID = _declared_figures.DECLARED_NOTHING_UNSAID
    DECLARED_NOTHING_AROSE = _declared_figures.DECLARED_NOTHING_AROSE
    SCORE_NOT_AS_DECLARED = _declared_figures.SCORE_NOT_AS_DECLARED
    SCORE_WITHOUT_FIGURES = _declared_figures.SCORE_WITHOUT_FIGURES
    NOT_APPLICABLE_WITH_FIGURES = _declared_figures.NOT_APPLICABLE_WITH_FIGURES
    FIGURES_NOT_ASKED = _declared_figures.FIGURES_NOT_ASKED
    CLOSED_ROW_FILLED = _declared_figures.CLOSED_ROW_FILLED

    # What is found in an earlier report.
    EARLIER_WITHOUT_TABLE = _earlier.EARLIER_WITHOUT_TABLE
    EARLIER_SEVERAL_FILES = _earlier.EARLIER_SEVERAL_FILES
    EARLIER_NUMBER_UNREADABLE = _earlier.EARLIER_NUMBER_UNREADABLE

    # What is found in a document held against Decree 30.
    DOCUMENT_UNREADABLE = _decree30.DOCUMENT_UNREADABLE
    DOCUMENT_LOCKED = _decree30.DOCUMENT_LOCKED
    DOCUMENT_UNKNOWN = _decree30.DOCUMENT_UNKNOWN
    PART_MISSING = _decree30.PART_MISSING
    PAGE_SIZE = _decree30.PAGE_SIZE
    PAGE_DIRECTION = _decree30.PAGE_DIRECTION
    MARGIN = _decree30.MARGIN
    FONT = _decree30.FONT
    COLOUR = _decree30.COLOUR
    LETTER_SIZE = _decree30.LETTER_SIZE
    NOT_BOLD = _decree30.NOT_BOLD
    IS_BOLD = _decree30.IS_BOLD
    NOT_ITALIC = _decree30.NOT_ITALIC
    IS_ITALIC = _decree30.IS_ITALIC
    NOT_CAPITALS = _decree30.NOT_CAPITALS
    IS_CAPITALS = _decree30.IS_CAPITALS
    ALIGNMENT = _decree30.ALIGNMENT
    NATIONAL_NAME_WORDS = _decree30.NATIONAL_NAME_WORDS
    NATIONAL_NAME_PLACE = _decree30.NATIONAL_NAME_PLACE
    MOTTO_WORDS = _decree30.MOTTO_WORDS
    RULE_MISSING = _decree30.RULE_MISSING
    RULE_LENGTH = _decree30.RULE_LENGTH
    NUMBER_COLON = _decree30.NUMBER_COLON
    NUMBER_PADDING = _decree30.NUMBER_PADDING
    NUMBER_SPACES = _decree30.NUMBER_SPACES
    SYMBOL_LETTERS = _decree30.SYMBOL_LETTERS
    SYMBOL_OF_DISPATCH = _decree30.SYMBOL_OF_DISPATCH
    PLACE_MISSING = _decree30.PLACE_MISSING
    PLACE_COMMA = _decree30.PLACE_COMMA
    PLACE_CAPITALS = _decree30.PLACE_CAPITALS
    DATE_WORDS = _decree30.DATE_WORDS
    DATE_PADDING = _decree30.DATE_PADDING
    MONTH_PADDING = _decree30.MONTH_PADDING
    NUMBER_AND_DATE_APART = _decree30.NUMBER_AND_DATE_APART
    SUBJECT_WORDS = _decree30.SUBJECT_WORDS
    SUBJECT_DISTANCE = _decree30.SUBJECT_DISTANCE
    ADDRESSEE_COLON = _decree30.ADDRESSEE_COLON
    ADDRESSEE_LINE = _decree30.ADDRESSEE_LINE
    ADDRESSEES_ON_ONE_LINE = _decree30.ADDRESSEES_ON_ONE_LINE
    ADDRESSEE_LIST = _decree30.ADDRESSEE_LIST
    LEGAL_BASIS_END = _decree30.LEGAL_BASIS_END
    FIRST_LINE = _decree30.FIRST_LINE
    FIRST_LINE_SPACES = _decree30.FIRST_LINE_SPACES
    PARAGRAPH_DISTANCE = _decree30.PARAGRAPH_DISTANCE
    LINE_SPACING = _decree30.LINE_SPACING
    END_MARK = _decree30.END_MARK
    AUTHORITY_FORM = _decree30.AUTHORITY_FORM
    SIGNER_TITLE = _decree30.SIGNER_TITLE
    SIGNATURE_UNCLEAR = _decree30.SIGNATURE_UNCLEAR
    RECIPIENTS_COLON = _decree30.RECIPIENTS_COLON
    RECIPIENTS_LINE = _decree30.RECIPIENTS_LINE
    RECIPIENTS_LIST = _decree30.RECIPIENTS_LIST
    RECIPIENTS_ARCHIVE = _decree30.RECIPIENTS_ARCHIVE
    APPENDIX_NUMBER = _decree30.APPENDIX_NUMBER
    APPENDIX_LINE = _decree30.APPENDIX_LINE
    REFERENCE_WORDS = _decree30.REFERENCE_WORDS
    APPENDIX_PAGES = _decree30.APPENDIX_PAGES
    PAGE_NUMBER_MISSING = _decree30.PAGE_NUMBER_MISSING
    PAGE_NUMBER_UNCLEAR = _decree30.PAGE_NUMBER_UNCLEAR
    PAGE_NUMBER_BELOW = _decree30.PAGE_NUMBER_BELOW
    PAGE_NUMBER_SIDE = _decree30.PAGE_NUMBER_SIDE
    PAGE_NUMBER_FIRST = _decree30.PAGE_NUMBER_FIRST
    PAGE_NUMBER_KIND = _decree30.PAGE_NUMBER_KIND
    PAGE_NUMBER_START = _decree30.PAGE_NUMBER_START

    # What is found about the register, and in what is about to be sent.
    REGISTER_NOT_WRITTEN = _mail_out.REGISTER_NOT_WRITTEN
    REGISTER_ON_NETWORK = _mail_out.REGISTER_ON_NETWORK
    MAIL_SETTINGS_MISSING = _mail_out.MAIL_SETTINGS_MISSING
    MAIL_SETTINGS_UNREADABLE = _mail_out.MAIL_SETTINGS_UNREADABLE
    MAIL_SETTING_BAD = _mail_out.MAIL_SETTING_BAD
    MAIL_SETTING_UNKNOWN = _mail_out.MAIL_SETTING_UNKNOWN
    MAIL_PASSWORD_IN_FILE = _mail_out.MAIL_PASSWORD_IN_FILE

    # What is found in messages that came in.
    MAILBOX_NOT_NAMED = _mail_in.MAILBOX_NOT_NAMED
    SENDER_UNKNOWN = _mail_in.SENDER_UNKNOWN
    SENDER_OF_OTHER_UNIT = _mail_in.SENDER_OF_OTHER_UNIT
    SENDER_MISSING = _mail_in.SENDER_MISSING
    MESSAGE_TOO_LARGE = _mail_in.MESSAGE_TOO_LARGE
    NOT_A_MESSAGE = _mail_in.NOT_A_MESSAGE
    RETURN_TAKEN_AWAY = _mail_in.RETURN_TAKEN_AWAY

    @property
    def slug(self) -> str:
        """The code as a clerk sees it, and as the documentation lists it."""
        return self.value.slug

    @property
    def severity(self) -> Severity:
        """How much findings of this code ask of the clerk."""
        return self.value.severity
