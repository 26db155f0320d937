"""Addresses of this app: what is below an environment, and what comes before there is one."""

from django.urls import include, path

from apps.environments.views import accounts, choosing, imports, members, opening, organizations, slips

inside = [
    path("members/", members.members, name="members"),
    path("members/new/", accounts.new_member, name="new_member"),
    path("members/import/", imports.sheet, name="import"),
    path("members/import/template.<slug:form>", imports.template, name="import_template"),
    path("members/import/accounts/", imports.accounts, name="import_accounts"),
    path("members/slips/", slips.slips, name="slips"),
    path("members/<uuid:member_id>/", members.member, name="member"),
    path("members/<uuid:member_id>/slip/", accounts.new_slip, name="new_slip"),
    path("members/<uuid:member_id>/lost-phone/", accounts.lost_phone, name="lost_phone"),
    path("members/<uuid:member_id>/suspension/end/", members.lift, name="lift_suspension"),
    path("members/<uuid:member_id>/return/", members.give_back, name="give_back"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/new/", organizations.new_organization, name="new_organization"),
    path("organizations/offices/", organizations.offices, name="add_offices"),
]
opening_urls = [
    path("", choosing.choose, name="choose"),
    path("new/", opening.new, name="new"),
    path("new/municipalities/", opening.municipalities, name="municipalities"),
    path("new/offices/", opening.offices, name="offices"),
    path("slips/", slips.slips, name="first_slip"),
]

app_name = "environments"
urlpatterns = [
    path("e/<slug:slug>/", include(inside)),
    path("environments/", include(opening_urls)),
]
