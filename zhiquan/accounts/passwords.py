"""What a password must be, where Django's own rule has no Chinese sentence."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """Django's rule of length; its sentence changed in 5.2 and lost its translation."""

    def get_error_message(self) -> str:
        return f"密码太短：至少要有 {self.min_length} 个字符。"

    def get_help_text(self) -> str:
        return f"密码至少要有 {self.min_length} 个字符。"
