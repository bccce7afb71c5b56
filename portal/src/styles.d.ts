// The bundler turns imported styles into one file beside the script.
declare module "*.css";
