app_name = "seruni_cases"

urlpatterns = []
