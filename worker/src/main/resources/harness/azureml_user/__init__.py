"""Names that Azure ML entry scripts import; see ``azureml_user.parallel_run``."""
