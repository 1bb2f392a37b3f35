/** As much of jsonwebtoken as the types of @coze/api name. */
declare namespace jwt {
  type Algorithm = "RS256";
}
export default jwt;
