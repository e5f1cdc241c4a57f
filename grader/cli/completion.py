"""`grade completion`: the script that teaches a shell to complete commands and exercises."""

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="SHELL")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script for SHELL.

    It completes commands, options, limits and the names of exercises. Put the line of your shell
    into the file beside it, and open a new terminal:

    \b
      bash:  eval "$(grade completion bash)"         in ~/.bashrc
      zsh:   eval "$(grade completion zsh)"          in ~/.zshrc
      fish:  grade completion fish | source          in ~/.config/fish/config.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}")
    click.echo(kind(ctx.find_root().command, {}, "grade", "_GRADE_COMPLETE").source())
