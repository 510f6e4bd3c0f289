
app_name = "congregation"
urlpatterns = []
