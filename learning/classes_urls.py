"""Addresses of classes: joining one, its members' page, and its instructor's pages."""

from django.urls import path

from learning.views import classes, teaching

app_name = "classes"
urlpatterns = [
    path("classes/", classes.joined, name="joined"),
    path("classes/<int:pk>/", classes.classroom, name="classroom"),
    path("classes/<int:pk>/name/", classes.rename, name="rename"),
    path("classes/<int:pk>/leave/", classes.leave, name="leave"),
    path("join/", classes.join, name="join"),
    path("join/<str:code>/", classes.join_code, name="join-code"),
    path("author/classes/", teaching.mine, name="mine"),
    path("author/classes/<int:pk>/", teaching.teach, name="teach"),
    path("author/classes/<int:pk>/give/", teaching.give, name="give"),
    path("author/classes/<int:pk>/given/<int:number>/", teaching.assignment, name="assignment"),
    path("author/classes/<int:pk>/members/<int:number>/", teaching.member, name="member"),
    path("author/classes/<int:pk>/messages/", teaching.tell, name="tell"),
    path("author/classes/<int:pk>/messages/<int:number>/", teaching.untell, name="untell"),
    path("author/classes/<int:pk>/change/", teaching.change, name="change"),
]
