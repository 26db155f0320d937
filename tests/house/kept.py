"""Tables whose rows stay: what the application may not remove, and what it writes once. A line or more for each app."""

# What the application may never remove, nor move: what was written stays, also past every verb.
KEPT = {
    *("audit_entry", "audit_leaf", "audit_signingkey", "audit_tile", "audit_treehead"),
    *("calendars_calendarfeed",),
    *("clients_consentreminder", "clients_consentwording", "clients_familycontact", "clients_placesbefore"),
    *("clients_printedform", "clients_renewalreminder", "clients_revision", "clients_silentorganization"),
    *("facilities_availabilityanswer", "facilities_facility"),
    *("inquiries_inquiry", "inquiries_inquiryclient", "inquiries_inquiryreply", "inquiries_inquirysheet"),
    *("inquiries_recipient", "inquiries_release"),
    *("notes_note", "notes_notetask", "notes_notetext", "notes_noteversion"),
    *("oversight_export", "oversight_familycode", "oversight_familypolicy", "oversight_familyquestion"),
    *("oversight_reportkey", "oversight_unusual", "oversight_unusualreview", "oversight_watch"),
    *("paper_scan", "paper_sheet"),
    *("records_attendee", "records_disclosure", "records_meeting", "records_recordline", "records_supportrecord"),
    *("referrals_consultation", "referrals_referral", "referrals_step"),
    *("rooms_acknowledgement", "rooms_ask", "rooms_attachment", "rooms_forwarding", "rooms_handling"),
    *("rooms_message", "rooms_messageversion", "rooms_retentionpolicy", "rooms_roominspection", "rooms_searchmark"),
    *("rooms_searchtext",),
    *("surveys_surveysheet",),
    *("visits_closedday", "visits_familykey", "visits_requestsheet", "visits_slot", "visits_visit"),
    *("visits_visitclient", "visits_visitrequest"),
    *("waiting_offer", "waiting_waiting", "waiting_waitingclient", "waiting_wishedfacility"),
}
# What goes with the list that brought it, when the list is taken back, and in no other way: a trigger keeps the rest.
GOES_WITH_ITS_LIST = {"clients_clientnumber", "clients_certification"}
# Where an empty column may be filled once, and nothing that stands there is changed: a trigger refuses it.
WRITTEN_ONCE = {
    *("clients_legalexception", "clients_clientplace", "clients_petition", "clients_protection", "clients_clearance"),
}
